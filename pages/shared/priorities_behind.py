"""The priorities of young people that something came of: on the page of each such thing."""

from coprod_data.permissions import Permission
from coprod_data.queries.priorities import priorities_behind
from coprod_data.vocabulary.surveys import CameOf
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading


def show_priorities_behind(came: CameOf, number: int) -> None:
    """Show a link to each priority that a session, opportunity or action came of."""
    with refusals(stop=True), reading() as (db, actor):
        may = actor.may(Permission.SURVEYS_READ)
        behind = priorities_behind(db, actor, came, number) if may else {}
    for priority_id, title in behind.items():
        words = f"Young people chose this: {title}"
        show("link.html", words=words, href=f"/priorities?id={priority_id}")
