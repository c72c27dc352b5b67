"""Small numbers stay private: how a count of people by a trait or a hidden state may be told."""

SMALLEST = 5


def few(count: int) -> str:
    """Return a count of people as text: none, "fewer than 5" or "5 or more".

    Never the number itself: two of them on two days would tell what one person said between.
    """
    if not count:
        return "0"
    return f"fewer than {SMALLEST}" if count < SMALLEST else f"{SMALLEST} or more"
