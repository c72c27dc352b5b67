"""The sheets about projects, recruitment, policies, the library and whether pages were useful."""

from coprod_data.files.csv_in import Column, day, names, one_of, whole_number, yes_no
from coprod_data.files.sheet_parts import named, sheet, steps, texts
from coprod_data.vocabulary.policies import (
    ActivityKind,
    CommentWay,
    Disposition,
    Opinion,
    PolicyChannel,
    Worked,
)

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
        "policies",
        steps(
            "add", "change", "take", "skip", "version", "part", "cut", "guidance", "easy",
            "credit", "put out", "see", "sign off", "commit",
        ),
        named("policy"),
        *texts(
            "leads", "purpose", "audiences", "partners", "co_producers", "definitions",
            "defined_with",
        ),
        Column("pages", whole_number),
        *texts("next_with"),
        *(Column(name, day) for name in ("next_by", "valid_from", "valid_to", "review")),
        *texts(
            "what_changed", "part", "words", "tested_with", "tested_said", "easy_by", "read_by",
            "body",
        ),
        Column("seen", day),
        Column("present", names),
        Column("ours", yes_no),
        *texts("will_see", "commitment", "why"),
    ),
    sheet(
        "policy_activities",
        named("policy"),
        Column("kind", one_of(ActivityKind), needed=True),
        Column("channel", one_of(PolicyChannel), needed=True),
        named("activity"),
        Column("held", day),
        *texts("audience", "question", "heard"),
        *(Column(name, whole_number) for name in ("reached", "replies")),
        Column("worked", one_of(Worked)),
        *texts("source"),
    ),
    sheet(
        "policy_comments",
        steps("send", "settle"),
        named("policy"),
        *texts("part"),
        Column("opinion", one_of(Opinion)),
        Column("way", one_of(CommentWay)),
        *texts("words", "words_as"),
        Column("disposition", one_of(Disposition)),
        *texts("changed"),
    ),
    sheet(
        "library",
        steps("add", "link", "file", "relate", "publish", "withdraw"),
        named("item"),
        *texts("kind", "about", "made_with", "complete"),
        Column("for", names),
        *texts("keeps"),
        Column("review", day),
        *texts("format", "link", "with", "words"),
    ),
    sheet(
        "page_feedback",
        named("page"),
        Column("yes", whole_number),
        Column("no", whole_number),
        *texts("words", "words_as"),
    ),
)  # fmt: skip
