"""What forms share: names of this council as labels, and roles in words."""

import re

from coprod_data.permissions import Role

ROLE_WORDS: dict[Role, str] = {
    Role.YOUNG_PERSON: "Young person",
    Role.YOUTH_VOICE: "Youth Voice Team",
    Role.SAFEGUARDING: "Safeguarding",
    Role.MANAGER: "Manager",
    Role.BOARD_MEMBER: "Board member",
    Role.CHAIR: "Chair",
    Role.ADMINISTRATOR: "Administrator",
}


def inert(text: str) -> str:
    """Return a text that a label or an option shows as it is, with no mark taken for markup."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
