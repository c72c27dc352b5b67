"""Every closed list that code depends on, in the words of the field, one file for each noun.

Lists that differ by council (groups, services, The Promise) are rows, not enums. The value is
stored in the table; the label is shown on screen.
"""
