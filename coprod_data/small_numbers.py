"""Small numbers stay private: how a count of people by a trait or a hidden state may be told."""

SMALLEST = 5


def few(count: int) -> str:
    """Return a count of people as text: 1 to 4 as "fewer than 5", 0 and 5 or more as they are."""
    return f"fewer than {SMALLEST}" if 0 < count < SMALLEST else str(count)
