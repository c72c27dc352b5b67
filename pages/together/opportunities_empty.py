"""What stands where there is no opportunity yet, and what comes before the first."""

from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
from pages.parts.html import render
from pages.shared.promise_missing import no_promise_yet

BELONGS = "Each opportunity belongs to a part of it."


def none_yet(actor: Actor, *, promised: bool) -> Markup:
    """Return that there is no opportunity yet, with the way to begin one for those who may."""
    if not promised:
        return no_promise_yet(actor, BELONGS)
    suggests = actor.may(Permission.OPPORTUNITIES_SUGGEST)
    return render(
        "empty.html", title="No opportunities yet", icon="together",
        words="An opportunity begins with what young people say. Read the report cards first.",
        more=("Suggest an opportunity", "/opportunities?new=1") if suggests else None,
    )  # fmt: skip
