"""Every closed list the code decides on, in the field's words, a file a noun.

Lists that differ by council (groups, services, The Promise) are rows, not enums.
The value is what stands in the table; the label is what stands on a screen.
"""
