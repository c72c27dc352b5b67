"""The pulse: were young people listened to, and has it helped them; counted, never one by one."""

from coprod_data.permissions import Permission
from coprod_data.queries.pulse import Pulse, PulseRow, pulse
from coprod_data.vocabulary.pulse import PulseAsked, PulsePlace
from coprod_data.vocabulary.sessions import FeedbackAnswer
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.times import in_month, on

A = PulseAsked
SENTENCES = (  # what is said of each, and of when its answers are
    ("I was listened to", (("", A.LISTENED),)),
    ("My view counted", (("", A.COUNTED),)),
    ("I felt welcome", (("", A.WELCOME),)),
    ("I can speak up", (("Before", A.SURE_BEFORE), ("Now", A.SURE_NOW))),
    ("I have people I trust", (("Before", A.TRUST_BEFORE), ("Now", A.TRUST_NOW))),
)


def show_pulse(said: Pulse) -> None:
    """Show both places, each sentence with its shares; before any is told, say when one may be."""
    lede = (
        f"From {in_month(said.first_on)} to {in_month(said.last_on)}. Before and now are two "
        "groups of answers: nobody is followed from one to the other."
    )
    show("lede.html", words=lede)
    if not said.told:
        show(
            "empty.html", title="Too few have said", icon="smile",
            words="Young people are asked after a reply and after a session. What they say is "
            "shown once a term is over and five have answered. "
            f"The next day on which that may be is {on(said.next_on)}.",
        )  # fmt: skip
        return
    for place in PulsePlace:
        of = {row.asked: row for row in said.rows if row.place is place}
        show(
            "pulse.html",
            title=place.words,
            rows=[
                {"words": words, "pairs": [(when, _shares(of[asked])) for when, asked in parts]}
                for words, parts in SENTENCES
            ],
        )


def _shares(row: PulseRow) -> list[tuple[str, str]]:
    return [
        (answer.words, share.words)
        for answer, share in zip(FeedbackAnswer, row.shares, strict=False)
    ]


open_page("Did we listen?", Permission.FIGURES_READ)
with refusals(stop=True), reading() as (db, actor):
    found = pulse(db, actor)
show_pulse(found)
