"""What is said to somebody who is worried about words they read, on pages of both kinds."""

WHAT_HAPPENS = (
    "The Youth Voice Team reads these words again. Until then nobody sees them in public. "
    "The young person is not told that it was you."
)
THANKS = "The Youth Voice Team reads these words again."
CALL = "If somebody is in danger now, call 999."
