"""All roles and permissions: every command and read against every kind of actor.

The first half holds the code to `GRANTS`; the second holds `GRANTS` to the council's own division
of work, written down here by hand.
"""

import ast
import importlib
import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from coprod_data.permissions import GRANTS, Actor, ActorKind, NotAllowed, Permission, Role
from tests.helpers.door_rules import is_helper
from tests.helpers.source import ROOT, read_source

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
NOT_YOURS = "Your account does not let you do this."


def actor(who: Role | ActorKind) -> Actor:
    if isinstance(who, Role):
        return Actor(
            kind=ActorKind.PERSON, at=NOW, recorded_at=NOW, person_id=1, roles=frozenset({who})
        )
    entry_id = 1 if who is ActorKind.CARD_CODE else None
    return Actor(kind=who, at=NOW, recorded_at=NOW, entry_id=entry_id)


# Functions with a second check that depends on the arguments, and that check for the call made
# here.
NARROWER = {
    "send_entry": {Permission.ENTRIES_SEND},
    "send_comment": {Permission.ENTRIES_SEND},
    "change_setting": {Permission.SETTINGS_CHANGE},
}
EVERYBODY = [*Role, ActorKind.CARD_CODE, ActorKind.PUBLIC, ActorKind.SYSTEM]


def doors() -> list[tuple[Callable[..., Any], frozenset[Permission]]]:
    """Every public command and read, with the permissions any one of which allows it."""
    found = []
    for folder in ("commands", "queries"):
        for path in sorted((ROOT / "coprod_data" / folder).glob("*.py")):
            if is_helper(read_source(path)):
                continue
            module = importlib.import_module(f"coprod_data.{folder}.{path.stem}")
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    found.append((getattr(module, node.name), asked_by(node)))
    return found


def asked_by(function: ast.FunctionDef) -> frozenset[Permission]:
    (call,) = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "actor.must"
    ][:1]
    return frozenset(
        Permission[node.attr]
        for argument in call.args
        for node in ast.walk(argument)
        if isinstance(node, ast.Attribute) and node.attr in Permission.__members__
    )


def knock(door: Callable[..., Any], who: Role | ActorKind) -> bool:
    """Say whether the first check passes. There is no database behind it."""
    arguments = [
        None
        for parameter in list(inspect.signature(door).parameters.values())[2:]
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        and parameter.default is parameter.empty
    ]
    named = {
        parameter.name: None
        for parameter in inspect.signature(door).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty
    }
    try:
        door(None, actor(who), *arguments, **named)
    except NotAllowed as refused:
        return not refused.sentence.startswith(NOT_YOURS)
    except Exception:  # the check passed, and there was no database
        return True
    return True


@pytest.mark.parametrize(
    ("door", "asks"), doors(), ids=lambda value: getattr(value, "__name__", "")
)
def test_a_door_opens_to_those_who_hold_its_right_and_to_nobody_else(
    door: Callable[..., Any], asks: frozenset[Permission]
) -> None:
    assert asks, f"{door.__name__} asks for no permission"
    needed = NARROWER.get(door.__name__, asks)
    holders = frozenset().union(*(GRANTS[permission] for permission in needed))

    opened = {who for who in EVERYBODY if knock(door, who)}

    assert opened == set(holders)


P, R, K = Permission, Role, ActorKind
BOARD = {R.BOARD_MEMBER, R.CHAIR}

DIVISION_OF_WORK: dict[str, tuple[Permission, set[Role | ActorKind]]] = {
    "write a card": (P.ENTRIES_SEND, {R.YOUNG_PERSON, K.PUBLIC, K.CARD_CODE}),
    "write a card for somebody": (P.ENTRIES_TYPE, {R.YOUTH_VOICE}),
    "follow one's own card": (P.ENTRIES_OWN, {R.YOUNG_PERSON, K.CARD_CODE}),
    "see the queue": (P.ENTRIES_QUEUE, {R.YOUTH_VOICE}),
    "read raw words": (P.ENTRIES_READ_RAW, {R.YOUTH_VOICE}),
    "check entries": (P.ENTRIES_CHECK, {R.YOUTH_VOICE}),
    "hold an entry": (P.ENTRIES_HOLD, {R.YOUTH_VOICE, R.SAFEGUARDING}),
    "read held words": (P.ENTRIES_READ_HELD, {R.SAFEGUARDING}),
    "read report cards": (P.REPORT_CARDS_READ, {R.YOUTH_VOICE, R.CLERK, *BOARD}),
    "read report cards linked to one's actions": (P.REPORT_CARDS_READ_LINKED, {R.MANAGER}),
    "share a report card": (P.REPORT_CARDS_SHARE, {R.YOUTH_VOICE}),
    "answer a card": (P.ANSWERS_GIVE, {R.MANAGER, R.CHAIR}),
    "reply to a young person": (P.REPLIES_SEND, {R.YOUTH_VOICE}),
    "open an opportunity": (P.OPPORTUNITIES_OPEN, {R.YOUTH_VOICE, R.CHAIR}),
    "suggest one": (P.OPPORTUNITIES_SUGGEST, {R.YOUNG_PERSON, R.YOUTH_VOICE, R.MANAGER, *BOARD}),
    "answer an invitation": (P.OPPORTUNITIES_REPLY, {R.MANAGER, *BOARD}),
    "say yes to a member": (P.OPPORTUNITIES_CONFIRM, {R.YOUNG_PERSON, K.CARD_CODE}),
    "see who has not answered": (P.OPPORTUNITIES_SEE_SILENT, {R.YOUTH_VOICE, R.CHAIR}),
    "propose an outcome": (P.OUTCOMES_PROPOSE, {R.YOUTH_VOICE, R.MANAGER, *BOARD}),
    "sign an outcome": (P.OUTCOMES_SIGN, {R.YOUNG_PERSON, K.CARD_CODE, R.MANAGER, *BOARD}),
    "record a paper signature": (P.OUTCOMES_RECORD, {R.YOUTH_VOICE}),
    "update one's own actions": (P.ACTIONS_UPDATE_OWN, {R.MANAGER}),
    "propose an action": (P.ACTIONS_PROPOSE, {R.MANAGER, R.YOUTH_VOICE}),
    "approve an action": (P.ACTIONS_APPROVE, {R.CHAIR}),
    "say how an action feels": (P.ACTIONS_VIEW, {R.YOUNG_PERSON, K.CARD_CODE}),
    "adopt The Promise": (P.PROMISE_ADOPT, {R.CHAIR}),
    "fill in an audit return": (P.AUDITS_FILL_OWN, {R.MANAGER}),
    "open an audit": (P.AUDITS_OPEN, {R.ADMINISTRATOR}),
    "plan a meeting": (P.MEETINGS_WRITE, {R.CHAIR, R.CLERK}),
    "confirm what was decided": (P.MEETINGS_CONFIRM, {R.CHAIR}),
    "say who holds an office": (P.POSTS_WRITE, {R.CHAIR, R.CLERK}),
    "write a paper": (P.PAPERS_WRITE, {R.YOUTH_VOICE, R.MANAGER, R.CLERK}),
    "pin words": (P.OVERVIEW_PIN, {R.CHAIR}),
    "manage people": (P.PEOPLE_MANAGE, {R.ADMINISTRATOR, K.SYSTEM}),
    "confirm a guarded role": (P.PEOPLE_CONFIRM, {R.YOUTH_VOICE, R.SAFEGUARDING, R.CHAIR}),
    "change settings": (P.SETTINGS_CHANGE, {R.ADMINISTRATOR, K.SYSTEM}),
    "change the duty rota": (P.DUTY_CHANGE, {R.ADMINISTRATOR, R.SAFEGUARDING}),
    "say when oneself is away": (P.ABSENCES_OWN, {R.YOUTH_VOICE, R.SAFEGUARDING, R.CHAIR}),
    "get notices": (P.NOTICES_OWN, {R.YOUTH_VOICE, R.SAFEGUARDING, R.ADMINISTRATOR}),
    "see which notices failed": (P.NOTICES_READ, {R.ADMINISTRATOR}),
    "search": (P.SEARCH_READ, set(Role)),
    "say when somebody is away": (P.ABSENCES_ANY, {R.ADMINISTRATOR, R.SAFEGUARDING}),
}


@pytest.mark.parametrize("work", DIVISION_OF_WORK)
def test_the_grants_follow_the_division_of_work(work: str) -> None:
    permission, whose = DIVISION_OF_WORK[work]
    assert set(GRANTS[permission]) == whose


def test_an_administrator_has_no_right_that_reads_a_childs_words() -> None:
    reads_words = {
        P.ENTRIES_QUEUE, P.ENTRIES_READ_RAW, P.ENTRIES_CHECK, P.ENTRIES_READ_HELD, P.ENTRIES_OWN,
        P.REPORT_CARDS_READ, P.REPORT_CARDS_READ_LINKED, P.REPORT_CARDS_READ_PUBLIC,
        P.OVERVIEW_READ, P.OPPORTUNITIES_READ, P.OUTCOMES_READ,
    }  # fmt: skip
    assert not {p for p in reads_words if R.ADMINISTRATOR in GRANTS[p]}


def test_every_right_has_its_row() -> None:
    assert set(GRANTS) == set(Permission)
