"""The warning below a box: parts of its text that may reveal who somebody is."""

from coprod_data.rules.personal_details import possible_details
from pages.parts.html import show


def warn_of_details(text: str) -> None:
    """Show what may reveal who somebody is, if anything; it hides and refuses nothing."""
    found = possible_details(text)
    if found:
        show("details.html", found=found)
