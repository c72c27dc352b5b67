"""The sheets about surveys and what young people chose."""

from coprod_data.files.csv_in import Column, day, names, one_of, whole_number, yes_no
from coprod_data.files.sheet_parts import named, sheet, steps, texts
from coprod_data.vocabulary.pulse import PulseAsked
from coprod_data.vocabulary.sessions import FeedbackAnswer
from coprod_data.vocabulary.surveys import ChosenHow
from coprod_data.vocabulary.training import TrainingLevel

LISTENING = (
    sheet(
        "survey_rounds",
        steps("add", "results", "share"),
        named("survey"),
        *texts("round", "about", "reached_by", "source", "results"),
        Column("held", day),
        Column("year", whole_number),
        *(Column(name, whole_number) for name in ("population", "invited", "replied")),
    ),
    sheet(
        "measures",
        steps("bring"),
        Column("as_at", day),
        *texts("source", "figures"),
    ),
    sheet("pulse", *(Column(one.value, one_of(FeedbackAnswer)) for one in PulseAsked)),
    sheet(
        "training",
        steps("course", "date", "learners", "book", "give back", "came", "left"),
        *texts("course"),
        Column("level", one_of(TrainingLevel)),
        Column("for", names),
        *texts("aims"),
        Column("refresh", whole_number),
        *(Column(name, yes_no) for name in ("required", "with_young", "accessible")),
        Column("day", day),
        *texts("begins", "ends"),
        Column("places", whole_number),
        *texts("venue", "place", "service"),
        Column("who", names),
        Column("send", whole_number),
    ),
    sheet(
        "priorities",
        steps("add", "tie"),
        named("priority"),
        Column("how", one_of(ChosenHow)),
        *texts("who", "why", "programme", "finding", "session", "opportunity", "action"),
        Column("chosen", day),
    ),
)  # fmt: skip
