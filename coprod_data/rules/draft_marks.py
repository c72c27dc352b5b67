"""What a tab knows of a draft: which row it was, and when it was typed last."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DraftMark:
    """One draft as a tab left it."""

    id: int
    saved_at: datetime
