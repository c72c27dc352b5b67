"""The tables of the first release, one file a subject, in the order in which they need each other.

No line here changes any more: a later change of the schema is a migration of its own.
"""

from coprod_data.store.migrations.first import (
    actions,
    audits,
    entries,
    entry_care,
    events,
    opportunities,
    outcomes,
    people,
    promise,
    report_cards,
    search,
    settings,
)

SUBJECTS = (
    people,
    promise,
    report_cards,
    entries,
    entry_care,
    audits,
    opportunities,
    actions,
    outcomes,
    settings,
    events,
    search,
)
