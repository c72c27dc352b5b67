"""Small numbers stay private: how to show a count of people by a trait or a hidden state."""

SMALLEST = 5


def few(count: int) -> str:
    """Return a count of people as text: none, "fewer than 5" or "5 or more".

    Never returns the number itself: two numbers on two days would reveal what one person said in
    between.
    """
    if not count:
        return "0"
    return f"fewer than {SMALLEST}" if count < SMALLEST else f"{SMALLEST} or more"
