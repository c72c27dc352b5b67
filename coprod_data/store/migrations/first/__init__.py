"""The tables of the first release, one file for each subject, each after those it needs.

Do not change these files: a later change of the schema is a new migration.
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
