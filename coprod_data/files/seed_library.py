"""Rows of the sheet about the library, as commands; its files are written here, from the words."""

import io

from docx import Document

from coprod_data.commands.library import (
    add_library_item,
    keep_file,
    keep_link,
    publish_item,
    relate_items,
    withdraw_item,
)
from coprod_data.files.csv_in import Row
from coprod_data.files.library_file import checked_file
from coprod_data.files.seed_call import call, one, text, the
from coprod_data.files.seed_council import Council, Steps
from coprod_data.permissions import Actor
from coprod_data.rules.library import LibraryPlan
from coprod_data.vocabulary.library import Completeness, LibraryFormat, LibraryKind
from coprod_data.vocabulary.training import Audience

ITEM = the("item")
FORMAT = one("format", LibraryFormat)


def _add(council: Council, actor: Actor, row: Row) -> None:
    said = set(row["for"] or ())
    if unknown := said - set(Audience):
        raise row.refused("for", f"write one of: {', '.join(Audience)}, not {min(unknown)}.")
    plan = LibraryPlan(
        title=row["item"],
        kind=one("kind", LibraryKind)(council, row),  # type: ignore[arg-type]
        complete=one("complete", Completeness)(council, row),  # type: ignore[arg-type]
        about=row["about"] or "",
        made_with=row["made_with"] or "",
        keeper_id=council.number(row, "keeps", "person"),
        review_on=row["review"],
        **dict.fromkeys(said, True),
    )
    council.name("item", row["item"], add_library_item(council.db, actor, plan=plan))


def _file(council: Council, actor: Actor, row: Row) -> None:
    document = Document()
    document.core_properties.author = ""
    document.add_heading(row["item"], 0)
    for line in (row["words"] or "").split("\n"):
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    kept = checked_file(written.getvalue())
    keep_file(
        council.db, actor, council.number(row, "item"), form=FORMAT(council, row),  # type: ignore[arg-type]
        file=kept.written, ending=kept.ending,
    )  # fmt: skip


def _relate(council: Council, actor: Actor, row: Row) -> None:
    other = council.number(row, "with", "item")
    relate_items(council.db, actor, council.number(row, "item"), others={other}, opened=())


STEPS: Steps = {
    ("library", "add"): _add,
    ("library", "link"): call(keep_link, ITEM, form=FORMAT, link=text("link")),
    ("library", "file"): _file,
    ("library", "relate"): _relate,
    ("library", "publish"): call(publish_item, ITEM),
    ("library", "withdraw"): call(withdraw_item, ITEM, reason=text("words")),
}
