"""The sheets about projects, recruitment and whether pages were useful."""

from coprod_data.files.csv_in import Column, day, whole_number, yes_no
from coprod_data.files.sheet_parts import named, sheet, steps, texts

TOGETHER = (
    sheet(
        "projects",
        steps("add", "plan", "start", "finish", "stop"),
        named("project"),
        *texts("service", "leads", "about"),
        Column("starts", day),
        Column("ends", day),
        *texts("at_start", "in_middle", "at_end", "agreed_with"),
        Column("agreed", day),
        *texts("words"),
    ),
    sheet(
        "recruitment",
        steps("add", "change"),
        named("post"),
        *texts("service", "leads"),
        Column("meets", day),
        Column("key_post", yes_no),
        *(Column(name, whole_number) for name in ("with_send", "young_people", "parents")),
        *texts("prepared", "asked", "what_changed", "thanked"),
    ),
    sheet(
        "page_feedback",
        named("page"),
        Column("yes", whole_number),
        Column("no", whole_number),
        *texts("words", "words_as"),
    ),
)  # fmt: skip
