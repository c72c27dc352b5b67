"""The demo people whose sign-ins the README prints, with the roles they hold."""

from coprod_data.permissions import Role

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

SMALL: dict[str, frozenset[Role]] = {  # those of them whom the small council has
    "youth.voice": frozenset({Role.YOUTH_VOICE, Role.SAFEGUARDING}),
    "safeguarding.lead": frozenset({Role.SAFEGUARDING, Role.YOUTH_VOICE, Role.MANAGER}),
    "board.member": frozenset({Role.BOARD_MEMBER}),
    "chair": frozenset({Role.CHAIR}),
    "administrator": frozenset({Role.ADMINISTRATOR}),
}
