"""Rows of the sheet of The Promise, as commands: wordings drafted, copied, changed and adopted.

Themes and commitments of a draft have names of their own until it is adopted: what other sheets say
on that day is about the wording in force.
"""

from coprod_data.commands.promise import add_commitment, add_theme, draft_promise
from coprod_data.commands.promise_adopting import adopt_promise
from coprod_data.commands.promise_changes import copy_promise, decide_home, set_successors
from coprod_data.commands.promise_drafts import change_commitment
from coprod_data.commands.promise_order import remove_commitment
from coprod_data.commands.promise_plan import plan_promise
from coprod_data.files.csv_in import Row
from coprod_data.files.seed_call import Cell, call, each, text, the, value, yes
from coprod_data.files.seed_council import Council, Steps
from coprod_data.permissions import Actor
from coprod_data.queries.promise import wording
from coprod_data.vocabulary.promise import HomeKind

DRAFTED = "drafted "


def _copy(council: Council, actor: Actor, row: Row) -> None:
    version_id = copy_promise(council.db, actor, title=row["promise"])
    council.name("promise", row["promise"], version_id)
    _name_all(council, actor, version_id, DRAFTED)


def _adopt(council: Council, actor: Actor, row: Row) -> None:
    version_id = council.number(row, "promise")
    adopt_promise(
        council.db, actor, version_id,
        adopted_by=row["adopted_by"] or "", written_with=row["written_with"] or "",
    )  # fmt: skip
    _name_all(council, actor, version_id)


def _name_all(council: Council, actor: Actor, version_id: int, before: str = "") -> None:
    """Let later rows know the themes and commitments of a version by their names."""
    for theme in wording(council.db, actor, version_id).themes:
        council.name(f"{before}theme", theme.young_title, theme.id)
        for one in theme.commitments:
            council.name(f"{before}commitment", one.reference, one.id)


def _groups(council: Council, row: Row) -> object:
    return frozenset(council.number_of(row, "groups", "group", one) for one in row["groups"] or ())


_DRAFTED: Cell = the("number", f"{DRAFTED}commitment")
STEPS: Steps = {
    ("promise", "draft"): call(draft_promise, names="promise", title=value("promise")),
    ("promise", "copy"): _copy,
    ("promise", "theme"): call(
        add_theme,
        the("promise"),
        names="theme",
        as_a=f"{DRAFTED}theme",
        title=text("wording"),
        young_title=text("theme"),
        icon=text("icon"),
        catch_all=yes("catch_all"),
    ),
    ("promise", "commitment"): call(
        add_commitment,
        the("theme", f"{DRAFTED}theme"),
        names="number",
        as_a=f"{DRAFTED}commitment",
        reference=text("number"),
        wording=text("wording"),
        easy_wording=text("easy_wording"),
    ),
    ("promise", "reword"): call(
        change_commitment,
        _DRAFTED,
        reference=text("number"),
        wording=text("wording"),
        easy_wording=text("easy_wording"),
    ),
    ("promise", "remove"): call(remove_commitment, _DRAFTED),
    ("promise", "carry on"): call(
        set_successors,
        the("promise"),
        the("number", "commitment"),
        each("carried_on_by", f"{DRAFTED}commitment"),
    ),
    ("promise", "home"): call(
        decide_home,
        the("promise"),
        the("action"),
        kind=lambda _council, _row: HomeKind.MOVE,
        commitment_id=_DRAFTED,
    ),
    ("promise", "adopt"): _adopt,
    ("promise", "plan"): call(
        plan_promise,
        the("promise"),
        starts_on=value("starts"),
        months=value("months"),
        written_by=value("written_by"),
        group_ids=_groups,
        shown=text("shown_by"),
    ),
}
