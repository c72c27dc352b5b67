"""SHEETS: every sheet of a council's life, with its columns. Rows of one moment are played in this
order.
"""

from coprod_data.files.csv_in import (
    Column,
    Sheet,
    day,
    day_or_words,
    moment,
    names,
    number_of,
    one_of,
    spans,
    whole_number,
    words,
    yes_no,
)
from coprod_data.permissions import Role
from coprod_data.rules.clocks import WEEKDAYS
from coprod_data.vocabulary.actions import DueKind, Face, Rag, Stage, WorkedOnBy
from coprod_data.vocabulary.audits import AuditLevel, Rater
from coprod_data.vocabulary.entries import Feeling
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.meetings import AgendaKind
from coprod_data.vocabulary.posts import Office
from coprod_data.vocabulary.report_cards import Body
from coprod_data.vocabulary.sessions import (
    FeedbackAnswer,
    FeedbackAsked,
    FeedbackFace,
    SessionKind,
    SessionWay,
    ThanksKind,
    TravelMode,
)
from coprod_data.vocabulary.settings import SettingKey

LANGUAGES = ("English", "Arabic", "Polish")


def _sheet(name: str, *columns: Column) -> Sheet:
    return Sheet(name, (Column("on", moment, True), Column("by", words, True), *columns))


def _steps(*steps: str) -> Column:
    return Column("step", one_of(steps), needed=True)


def _texts(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, words) for heading in headings)


def _named(heading: str) -> Column:
    return Column(heading, words, needed=True)


SHEETS = (
    _sheet("services", _named("service")),
    _sheet(
        "people",
        _steps("add", "ask for role", "confirm role", "close account"),
        _named("username"),
        *_texts("name", "job_title"),
        Column("role", one_of(Role)),
        Column("services", names),
    ),
    _sheet(
        "groups",
        _steps("open", "join", "meet"),
        _named("group"),
        Column("kind", one_of(GroupKind)),
        *_texts("terms"),
        Column("quorum", whole_number),
        Column("young_people", whole_number),
        Column("owns_queue", yes_no),
        *_texts("member", "name"),
        Column("part", one_of(MemberKind)),
        Column("sector", one_of(Sector)),
        Column("term_ends", day),
    ),
    _sheet(
        "settings",
        Column("setting", one_of(SettingKey), needed=True),
        Column("value", day_or_words, needed=True),
    ),
    _sheet(
        "duty",
        *_texts("lead", "lead_phone", "deputy", "deputy_phone", "stand_in", "stand_in_phone"),
        *(Column(name.lower(), spans) for name in WEEKDAYS),
        *_texts("phone"),
        _named("out_of_hours"),
        *_texts("social_work", "lado_name", "lado_phone"),
    ),
    _sheet(
        "promise",
        _steps("draft", "theme", "commitment", "adopt"),
        _named("promise"),
        *_texts("theme", "number", "wording", "easy_wording", "icon"),
        Column("catch_all", yes_no),
        *_texts("adopted_by"),
    ),
    _sheet(
        "posts",
        _steps("give", "end"),
        _named("post"),
        Column("office", one_of(Office)),
        *_texts("title", "member", "name"),
    ),
    _sheet(
        "meetings",
        _steps(
            "plan", "move", "cancel", "reply", "interest", "item", "put out", "begin", "start",
            "end",
        ),
        _named("meeting"),
        Column("day", day),
        *_texts("begins", "ends", "theme", "place", "online", "private_part"),
        Column("public", yes_no),
        Column("young_people", whole_number),
        Column("item", one_of(AgendaKind)),
        *_texts("who", "reply", "words", "detail", "paper"),
    ),
    _sheet(
        "report_cards",
        _steps("name", "ready", "share", "tie", "answer", "close"),
        _named("theme"),
        _named("title"),
        Column("body", one_of(Body)),
        *_texts("words", "commitment"),
    ),
    _sheet(
        "card_entries",
        _named("entry"),
        _named("theme"),
        *_texts("thinks", "wants"),
        Column("feeling", number_of(Feeling)),
        Column("board", yes_no, needed=True),
        Column("public", yes_no, needed=True),
        Column("summary", yes_no, needed=True),
        Column("language", one_of(LANGUAGES), needed=True),
        *_texts("listed", "wish_name", "wish_how", "wish_when"),
    ),
    _sheet(
        "entry_reviews",
        _steps(
            "open", "release", "second look", "between us", "summary", "ask", "agree", "hold",
            "tell", "end hold", "pass to worker", "close", "reply", "take back", "take in",
            "worry", "open wish", "keep", "tie",
        ),
        _named("entry"),
        *_texts("thinks", "wants", "words"),
    ),
    _sheet(
        "audit_rounds",
        _steps("open", "publish"),
        _named("round"),
        Column("due", day),
    ),
    _sheet(
        "audit_returns",
        _steps("answer", "return", "review"),
        _named("round"),
        _named("service"),
        *_texts("standard"),
        Column("rater", one_of(Rater)),
        Column("level", number_of(AuditLevel)),
        *_texts("evidence", "plan"),
    ),
    _sheet(
        "opportunities",
        _steps("suggest", "reword"),
        _named("opportunity"),
        *_texts("theme", "help_wanted", "time_needed", "when_and_how", "power_shared"),
        *_texts("support", "expenses"),
        Column("entries", names),
        *_texts("report_card", "audit_gap", "words_as"),
    ),
    _sheet(
        "opportunity_steps",
        _steps(
            "review", "open", "invite", "reply", "offer", "invite young", "confirm", "start",
            "park", "decline", "close",
        ),
        _named("opportunity"),
        *_texts("who", "words"),
        Column("review_on", day),
    ),
    _sheet(
        "actions",
        _steps("propose", "approve"),
        _named("action"),
        *_texts("commitment", "owner", "service"),
        Column("worked_on_by", one_of(WorkedOnBy)),
        *_texts("together_with", "why_alone", "partners", "what_you_will_see"),
        Column("due", day),
        Column("due_kind", one_of(DueKind)),
        *_texts("due_wording", "opportunity"),
    ),
    _sheet(
        "milestones",
        _steps("add", "meet"),
        _named("action"),
        _named("milestone"),
        Column("due", day),
        *_texts("evidence"),
    ),
    _sheet(
        "action_updates",
        _named("action"),
        Column("stage", one_of(Stage), needed=True),
        Column("rag", one_of(Rag)),
        _named("words"),
        *_texts("recovery"),
    ),
    _sheet(
        "venues",
        _named("venue"),
        *_texts("address", "getting_there"),
        *(Column(name, yes_no) for name in ("friendly", "step_free", "quiet_room")),
    ),
    _sheet(
        "sessions",
        _steps(
            "plan", "confirm", "move", "cancel", "code", "questions", "run sheet", "task",
            "task done", "came", "found", "nothing", "change", "reviewed", "write up", "close",
            "days", "can come",
        ),
        _named("session"),
        Column("kind", one_of(SessionKind)),
        *_texts("theme", "group", "opportunity"),
        Column("way", one_of(SessionWay)),
        Column("venue", words),
        Column("starts", moment),
        Column("ends", moment),
        *_texts("leads", "led_with", "independent", "aims", "joining", "access", "other_ways"),
        *_texts("food", "travel", "warm_up", "pace", "ground_rules"),
        Column("largest", whole_number),
        Column("helpers", whole_number),
        Column("young_people", whole_number),
        Column("board", whole_number),
        Column("team", whole_number),
        Column("services", names),
        *_texts("words", "heard", "who"),
        Column("due", day),
    ),
    _sheet(
        "session_feedback",
        _named("session"),
        Column("face", one_of(FeedbackFace)),
        *(Column(one.value, one_of(FeedbackAnswer)) for one in FeedbackAsked),
        Column("helped", yes_no),
        *_texts("good", "change", "own", "words_as"),
    ),
    _sheet(
        "session_costs",
        _steps("cost", "thanks"),
        _named("session"),
        *(
            Column(name, whole_number)
            for name in ("miles", "meals", "meals_pence", "travel_pence", "venue_pence")
        ),
        Column("mode", one_of(TravelMode)),
        Column("kind", one_of(ThanksKind)),
        *(Column(name, whole_number) for name in ("offered", "taken", "given")),
    ),
    _sheet(
        "outcomes",
        _steps("propose", "sign", "not yet", "write down", "witness", "known"),
        _named("opportunity"),
        *_texts("words", "who"),
        Column("actions", names),
        *_texts("words_as"),
        Column("in_work", yes_no),
        *_texts("you_said", "worked_with"),
    ),
    _sheet(
        "young_views",
        _named("action"),
        Column("face", one_of(Face), needed=True),
        *_texts("words", "words_as"),
        Column("in_work", yes_no),
    ),
)  # fmt: skip
