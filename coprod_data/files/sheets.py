"""SHEETS: every sheet of a council's life, with its columns. Rows of one moment are played in this
order.
"""

from coprod_data.files.csv_in import (
    Column,
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
from coprod_data.files.sheet_parts import named, sheet, steps, texts
from coprod_data.files.sheets_listening import LISTENING
from coprod_data.files.sheets_meetings import MEETINGS
from coprod_data.files.sheets_together import TOGETHER
from coprod_data.permissions import Role
from coprod_data.rules.clocks import WEEKDAYS
from coprod_data.vocabulary.actions import DueKind, Face, Rag, Stage, WorkedOnBy
from coprod_data.vocabulary.audits import AuditLevel, Rater
from coprod_data.vocabulary.entries import Feeling
from coprod_data.vocabulary.groups import GroupKind, MemberKind, Sector
from coprod_data.vocabulary.heard import HeardGroup
from coprod_data.vocabulary.report_cards import Body
from coprod_data.vocabulary.sessions import (
    FeedbackAnswer,
    FeedbackAsked,
    FeedbackFace,
    NeedsMet,
    SessionKind,
    SessionWay,
    ThanksKind,
    TravelMode,
)
from coprod_data.vocabulary.settings import SettingKey

LANGUAGES = ("English", "Arabic", "Polish")


SHEETS = (
    sheet("services", named("service")),
    sheet(
        "people",
        steps("add", "ask for role", "confirm role", "close account"),
        named("username"),
        *texts("name", "job_title"),
        Column("role", one_of(Role)),
        Column("services", names),
    ),
    sheet(
        "groups",
        steps("open", "join", "meet", "heard"),
        named("group"),
        Column("kind", one_of(GroupKind)),
        *texts("terms"),
        Column("quorum", whole_number),
        Column("young_people", whole_number),
        Column("owns_queue", yes_no),
        *texts("member", "name"),
        Column("part", one_of(MemberKind)),
        Column("sector", one_of(Sector)),
        Column("term_ends", day),
    ),
    sheet(
        "heard_totals",
        Column("group", one_of(HeardGroup), needed=True),
        Column("number", whole_number, needed=True),
    ),
    sheet(
        "settings",
        Column("setting", one_of(SettingKey), needed=True),
        Column("value", day_or_words, needed=True),
    ),
    sheet(
        "duty",
        *texts("lead", "lead_phone", "deputy", "deputy_phone", "stand_in", "stand_in_phone"),
        *(Column(name.lower(), spans) for name in WEEKDAYS),
        *texts("phone"),
        named("out_of_hours"),
        *texts("social_work", "lado_name", "lado_phone", "lado_email", "lado_rings"),
    ),
    sheet(
        "promise",
        steps(
            "draft", "copy", "theme", "commitment", "reword", "remove", "carry on", "home", "adopt",
            "plan",
        ),
        named("promise"),
        *texts("theme", "number", "wording", "easy_wording", "icon"),
        Column("catch_all", yes_no),
        *texts("adopted_by", "written_with"),
        Column("carried_on_by", names),
        *texts("action"),
        Column("starts", day),
        Column("months", whole_number),
        Column("written_by", one_of(WorkedOnBy)),
        Column("groups", names),
        *texts("shown_by"),
    ),
    *MEETINGS,
    sheet(
        "report_cards",
        steps("name", "ready", "share", "tie", "answer", "close"),
        named("theme"),
        named("title"),
        Column("body", one_of(Body)),
        *texts("words", "commitment"),
    ),
    sheet(
        "card_entries",
        named("entry"),
        named("theme"),
        *texts("thinks", "wants"),
        Column("feeling", number_of(Feeling)),
        Column("board", yes_no, needed=True),
        Column("public", yes_no, needed=True),
        Column("summary", yes_no, needed=True),
        Column("language", one_of(LANGUAGES), needed=True),
        *texts("listed", "wish_name", "wish_how", "wish_when"),
        Column("heard", names),
    ),
    sheet(
        "entry_reviews",
        steps(
            "open", "release", "second look", "between us", "summary", "ask", "agree", "hold",
            "tell", "end hold", "pass to worker", "close", "reply", "take back", "take in",
            "let go", "worry", "open wish", "keep", "tie", "translated",
        ),
        named("entry"),
        *texts("thinks", "wants", "words"),
    ),
    sheet(
        "audit_rounds",
        steps("open", "spot", "publish"),
        named("round"),
        Column("due", day),
        *texts("theme"),
    ),
    sheet(
        "audit_returns",
        steps("auditors", "answer", "return", "review"),
        named("round"),
        named("service"),
        *texts("standard"),
        Column("rater", one_of(Rater)),
        Column("level", number_of(AuditLevel)),
        *texts("evidence", "plan"),
        Column("auditors", names),
    ),
    sheet(
        "opportunities",
        steps("suggest", "reword"),
        named("opportunity"),
        *texts("theme", "help_wanted", "time_needed", "when_and_how", "power_shared"),
        *texts("support", "expenses"),
        Column("entries", names),
        *texts("report_card", "audit_gap", "words_as"),
    ),
    sheet(
        "opportunity_steps",
        steps(
            "review", "open", "invite", "reply", "offer", "invite young", "confirm", "start",
            "park", "decline", "close",
        ),
        named("opportunity"),
        *texts("who", "words"),
        Column("review_on", day),
    ),
    sheet(
        "actions",
        steps("propose", "approve", "worked on", "agreed"),
        named("action"),
        *texts("commitment", "owner", "service"),
        Column("worked_on_by", one_of(WorkedOnBy)),
        *texts("together_with", "why_alone", "partners", "what_you_will_see"),
        Column("due", day),
        Column("due_kind", one_of(DueKind)),
        *texts("due_wording", "opportunity", "shown_by"),
    ),
    sheet(
        "milestones",
        steps("add", "meet"),
        named("action"),
        named("milestone"),
        Column("due", day),
        *texts("evidence"),
    ),
    sheet(
        "action_updates",
        named("action"),
        Column("stage", one_of(Stage)),
        Column("rag", one_of(Rag)),
        named("words"),
        *texts("recovery"),
    ),
    sheet(
        "venues",
        named("venue"),
        *texts("address", "getting_there"),
        *(Column(name, yes_no) for name in ("friendly", "step_free", "quiet_room")),
    ),
    sheet(
        "sessions",
        steps(
            "plan", "since", "confirm", "move", "cancel", "code", "questions", "run sheet", "task",
            "task done", "came", "found", "nothing", "change", "reviewed", "write up", "close",
            "days", "can come", "goals", "reached", "rules agreed", "series",
        ),
        named("session"),
        Column("kind", one_of(SessionKind)),
        *texts("theme", "group", "opportunity"),
        Column("way", one_of(SessionWay)),
        Column("venue", words),
        Column("starts", moment),
        Column("ends", moment),
        *texts("leads", "young_leaders", "led_with", "independent", "aims", "joining"),
        *texts("access", "other_ways"),
        *texts("food", "travel", "warm_up", "pace", "ground_rules"),
        Column("largest", whole_number),
        Column("helpers", whole_number),
        Column("young_people", whole_number),
        Column("board", whole_number),
        Column("team", whole_number),
        Column("services", names),
        *texts("words", "heard", "who"),
        Column("due", day),
    ),
    sheet(
        "session_feedback",
        named("session"),
        Column("face", one_of(FeedbackFace)),
        *(Column(one.value, one_of(FeedbackAnswer)) for one in FeedbackAsked),
        Column("helped", yes_no),
        *texts("good", "change", "own", "words_as"),
        Column("heard", names),
    ),
    sheet(
        "session_costs",
        steps("cost", "thanks", "reach", "needs"),
        named("session"),
        *(
            Column(name, whole_number)
            for name in ("miles", "meals", "meals_pence", "travel_pence", "venue_pence")
        ),
        Column("mode", one_of(TravelMode)),
        Column("kind", one_of(ThanksKind)),
        *(Column(name, whole_number) for name in ("offered", "taken", "given")),
        Column("needs", one_of(NeedsMet)),
    ),
    sheet(
        "outcomes",
        steps("propose", "sign", "not yet", "write down", "witness", "known"),
        named("opportunity"),
        *texts("words", "who"),
        Column("actions", names),
        *texts("words_as"),
        Column("in_work", yes_no),
        *texts("you_said", "worked_with"),
    ),
    sheet(
        "young_views",
        named("action"),
        Column("face", one_of(Face), needed=True),
        *texts("words", "words_as"),
        Column("in_work", yes_no),
    ),
    *LISTENING,
    *TOGETHER,
)  # fmt: skip
