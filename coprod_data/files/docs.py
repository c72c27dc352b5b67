"""Pages of `docs/` that are made from the code, so that they cannot differ from it."""

from collections.abc import Iterable, Sequence

from coprod_data.permissions import ActorKind, Permission, Role

MADE = "This page is made by `python -m coprod_data docs`; a test compares it with the code."


def rights_page() -> str:
    """Return `docs/rights.md`: each right, what it lets somebody do, and who holds it."""
    holders = [*Role, ActorKind.CARD_CODE, ActorKind.PUBLIC, ActorKind.SYSTEM]
    rows = [
        [f"`{right}`", right.words, *("yes" if one in right.holders else "" for one in holders)]
        for right in Permission
    ]
    return page(
        "Who may do what",
        "Whose rows a right reaches is said once a noun in `coprod_data/scopes`. The actor is read "
        "from the database inside the transaction of every read and write, so a role that is taken "
        "away stops working at the next click.",
        ["Right", "What it lets somebody do", *(one.words for one in holders)],
        rows,
    )


def page(title: str, lede: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a page of Markdown with one table."""
    lines = ["| " + " | ".join(row) + " |" for row in [headings, *rows]]
    lines.insert(1, "|" + "---|" * len(headings))
    return "\n".join([f"# {title}", "", lede, "", *lines, "", MADE, ""])
