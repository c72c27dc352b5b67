"""What comes first in a new council: the steps of its set-up that are left, shown to the chair."""

from coprod_data.queries.set_up import SetUpState
from coprod_data.vocabulary.labels import labelled
from pages.parts.looks import Look

TO_DO = Look("To do", "soon", "clock")


def first_rows(state: SetUpState) -> list[dict[str, object]]:
    """Return a row for each step that is left, the chair's own first; none once all are done."""
    nobody = ", ".join(role.words for role in state.missing_roles)
    people = f"Nobody yet: {nobody}. The administrator adds them."
    if not nobody:
        people = (
            "Nobody who reads for you has used their link yet. The administrator hands it over."
        )
    steps = [
        (
            state.named,
            "Give the council’s name",
            "It is on every page and paper. The administrator does this.",
            None,
        ),
        (
            state.promise,
            labelled("Read The Promise and record that the Board adopted it"),
            "It is written down. Young people’s words have their themes once you record it.",
            "/set_up",
        )
        if state.drafted
        else (
            state.promise,
            labelled("Write down The Promise"),
            labelled(
                "You and the administrator can write it. You record that the Board adopted it."
            ),
            "/set_up",
        ),
        (state.people, "Add people", people, None),
        (
            state.duty,
            "Name who is on duty",
            "Young people can write to you after that. The administrator does this.",
            None,
        ),
        (
            state.services,
            "Name the services",
            "Also name who is responsible for each. The administrator does this.",
            None,
        ),
    ]
    return [
        {"title": title, "detail": detail, "state": TO_DO, "word": None, "href": href}
        for done, title, detail, href in steps
        if not done
    ]
