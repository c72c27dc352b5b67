"""The ids under which a form is sent; one for each card that it becomes."""


def numbered(form: str, number: int) -> str:
    """Return the id of the first, second ... card of a form."""
    return f"{form}:{number}"
