"""Which accounts need a second person, for how long their owners can stop what is asked, and
which roles go together.
"""

from collections.abc import Collection
from datetime import timedelta

from coprod_data.permissions import Role

TEAMS = (Role.SAFEGUARDING, Role.YOUTH_VOICE, Role.CHAIR)  # the most guarded first
SEATS = (Role.BOARD_MEMBER, Role.CLERK)  # who read what its authors let the Board read
STOPPABLE_FOR = timedelta(hours=24)
WITH_YOUNG_PERSON = frozenset({Role.YOUNG_PERSON, Role.CHAIR, Role.BOARD_MEMBER})


def go_together(roles: Collection[Role]) -> bool:
    """Say whether one account may hold these roles: a young person may be chair or board member."""
    return Role.YOUNG_PERSON not in roles or WITH_YOUNG_PERSON.issuperset(roles)
