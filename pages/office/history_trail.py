"""Sign-ins, refusals and downloads, on the page of the history: for the administrator only."""

from coprod_data.permissions import Permission
from coprod_data.queries.trail import TrailRow, trail
from coprod_data.vocabulary.trail import TrailKind
from pages.parts.address import address_now, number_in
from pages.parts.faults import refusals
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import Column, table
from pages.parts.times import on_and_at
from pages.shared.lists import address, choice, choices

HERE = "/history"
TRAIL = "trail"  # in the address: this instead of what was done
NOTED, PAGE = "noted", "older"  # which kind, and how far back


def show_trail() -> None:
    """Show a page of what is noted of each account, of one kind where the address names one."""
    named = address_now()
    said = named.get(NOTED, "")
    kind = TrailKind(said) if said in list(TrailKind) else None
    page = number_in(named, PAGE) or 1
    with refusals(stop=True), reading() as (db, actor):
        found = trail(db, actor, kind=kind, page=page)
    choices(
        "What is shown",
        [
            choice(one.words.capitalize() if one else "All", _href(one), chosen=one is kind)
            for one in (None, *TrailKind)
        ],
    )
    table(
        "Sign-ins, refusals and downloads of the last year",
        [Column("When"), Column("Who"), Column("What they did"), Column("About"), Column("From")],
        [
            (on_and_at(row.at), row.who, row.kind.words, _about(row), row.place)
            for row in found.rows
        ],
        empty="Nothing is noted yet." if page == 1 else "There are no earlier ones.",
    )
    if found.more:
        show("more.html", words="Show earlier ones", href=_href(kind, page + 1))


def _about(row: TrailRow) -> str:
    """Return what a row is about: a right by its sentence, unless a later release has none."""
    rights = {right.value: right.words for right in Permission}
    return rights.get(row.about, row.about) if row.kind is TrailKind.RIGHT_REFUSED else row.about


def _href(kind: TrailKind | None, page: int = 1) -> str:
    return address(HERE, show=TRAIL, **{NOTED: kind, PAGE: page if page > 1 else None})
