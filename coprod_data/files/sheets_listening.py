"""The sheets about surveys and what young people chose."""

from coprod_data.files.csv_in import Column, day, one_of, whole_number
from coprod_data.files.sheet_parts import named, sheet, steps, texts
from coprod_data.vocabulary.surveys import ChosenHow

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
        "priorities",
        steps("add", "tie"),
        named("priority"),
        Column("how", one_of(ChosenHow)),
        *texts("who", "why", "programme", "finding", "session", "opportunity", "action"),
        Column("chosen", day),
    ),
)  # fmt: skip
