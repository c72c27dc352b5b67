"""What to do first while the queue is empty because young people cannot write yet."""

from coprod_data.vocabulary.labels import labelled


def what_opens_the_form(*, on_duty: bool, promised: bool) -> str:
    """Return what must be done before young people can write, or nothing when they can."""
    if not on_duty:
        return (
            "The form for young people is closed until somebody is on duty. "
            "The safeguarding lead or the administrator names them in Settings."
        )
    if not promised:
        return labelled(
            "The form for young people is closed until there is a Promise. "
            "The chair and the administrator write it down in Set-up."
        )
    return ""
