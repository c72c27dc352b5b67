"""The invented councils: who their people are, and how each is played for tests."""

from coprod_data.files.seed import COUNCILS, play_seed
from coprod_data.permissions import Role
from coprod_data.store.database import Database
from coprod_data.store.schema import migrate
from tests.helpers.builders import NOW

DEMO: dict[str, frozenset[Role]] = {
    "young.person": frozenset({Role.YOUNG_PERSON}),
    "youth.voice": frozenset({Role.YOUTH_VOICE}),
    "youth.voice.two": frozenset({Role.YOUTH_VOICE}),
    "safeguarding.lead": frozenset({Role.SAFEGUARDING, Role.YOUTH_VOICE}),
    "manager": frozenset({Role.MANAGER}),
    "board.member": frozenset({Role.BOARD_MEMBER}),
    "chair": frozenset({Role.CHAIR}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
}

ONE_EACH = tuple({roles: username for username, roles in reversed(DEMO.items())}.values())[::-1]

SMALL: dict[str, frozenset[Role]] = {  # those of them that the small council has
    "youth.voice": frozenset({Role.YOUTH_VOICE, Role.SAFEGUARDING}),
    "safeguarding.lead": frozenset({Role.SAFEGUARDING, Role.YOUTH_VOICE, Role.MANAGER}),
    "board.member": frozenset({Role.BOARD_MEMBER}),
    "chair": frozenset({Role.CHAIR}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
}


def play_council(database: Database) -> None:
    """Play Westmarch into a new database, as it was at NOW."""
    _play(database, "demo")


def play_small_council(database: Database) -> None:
    """Play Sallowmere in the same way."""
    _play(database, "small")


def _play(database: Database, council: str) -> None:
    database.clock = lambda: NOW
    migrate(database.engine)
    play_seed(database, NOW.date(), COUNCILS[council])
