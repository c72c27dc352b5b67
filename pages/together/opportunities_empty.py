"""What stands where there is no opportunity yet, and what comes before the first."""

from markupsafe import Markup

from coprod_data.vocabulary.labels import labelled
from pages.parts.html import render


def no_promise_yet() -> Markup:
    """Return what comes before the first opportunity."""
    return render(
        "empty.html",
        title=labelled("There is no Promise yet"),
        words="Each opportunity belongs to a part of it. "
        "The chair and the administrator write it down in Set-up.",
        icon="promise",
    )


def none_yet(*, promised: bool, suggests: bool) -> Markup:
    """Return that there is no opportunity yet; `suggests` says that this reader may begin one."""
    if not promised:
        return no_promise_yet()
    return render(
        "empty.html", title="No opportunities yet", icon="together",
        words="An opportunity begins with what young people say. Read the report cards first.",
        more=("Suggest an opportunity", "/opportunities?new=1") if suggests else None,
    )  # fmt: skip
