"""What stands where nothing can begin before The Promise is written down."""

from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
from coprod_data.vocabulary.labels import labelled
from pages.parts.html import render

WRITES_IT = (Permission.SETTINGS_CHANGE, Permission.PROMISE_ADOPT)  # each opens Set-up


def no_promise_yet(actor: Actor, belongs: str) -> Markup:
    """Return that there is no Promise yet, with a link for those who may write it down.

    `belongs` is the sentence that says what it is needed for.
    """
    writes_it = any(actor.may(right) for right in WRITES_IT)
    first = (
        "Write down its themes and commitments first."
        if writes_it
        else "The chair and the administrator write it down in Set-up."
    )
    return render(
        "empty.html",
        title=labelled("There is no Promise yet"),
        words=f"{first} {belongs}",
        icon="promise",
        more=("Go to Set-up", "/set_up") if writes_it else None,
    )
