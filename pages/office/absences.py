"""Who is away: members of the two teams and the chair say it of themselves."""

from coprod_data.permissions import Permission
from pages.parts.frame import open_page
from pages.shared.absences import who_is_away

open_page(
    "Who is away",
    Permission.ABSENCES_OWN,
    lede="If you are away, somebody else is asked instead of you.",
)
who_is_away()
