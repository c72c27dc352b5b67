"""Evidence that staff wrote, with its addresses as links: of milestones, and of who wrote what."""

import re

_ADDRESS = re.compile(r"(https://[\w.-]+(?::\d+)?(?:/[^\s<>\"']*[^\s<>\"'.,;:!?)])?/?)", re.ASCII)


def with_links(text: str) -> list[tuple[str, str]]:
    """Return a text of staff in parts, each with where it leads: only a whole https address is a
    link, and it reads as where it leads.
    """
    return [
        (part, part if place % 2 else "") for place, part in enumerate(_ADDRESS.split(text)) if part
    ]
