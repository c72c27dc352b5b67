"""Texts of staff that repeat a young person's own words after these words have left."""

from coprod_data.vocabulary.base import Worded

BEING_REWORDED = "Being reworded"  # is in the place of a text until somebody writes a new one
REMOVED = "Removed at a young person's wish"  # is in the place of words that nobody rewords
TAKEN_OUT = f"[{REMOVED.lower()}]"  # is in the place of a quote, and of words in a draft
TIME_OVER = "Removed, its time was over"  # the same two, of words that were kept for their time
RUN_OUT = f"[{TIME_OVER.lower()}]"
NOT_WRITTEN = (BEING_REWORDED, REMOVED, TIME_OVER)  # nobody wrote these


class TextPlace(Worded):
    """Every column with a text of staff about young people's words: table, dot, column.

    These are looked through when words leave. A new text of staff is added here.
    """

    CARD_TITLE = "report_card.title", "The title of a report card"
    ANSWER = "answer.text", "An answer to a report card"
    REPLY = "reply.text", "A reply to a young person"
    SUMMARY = "entry_summary.text", "A summary in other words"
    OPPORTUNITY_TITLE = "opportunity.title", "The title of an opportunity"
    HELP_WANTED = "opportunity.help_wanted", "An opportunity: help wanted"
    TIME_NEEDED = "opportunity.time_needed", "An opportunity: time needed"
    WHEN_AND_HOW = "opportunity.when_and_how", "An opportunity: when and how"
    POWER_SHARED = "opportunity.power_shared", "An opportunity: power shared"
    SUPPORT = "opportunity.support", "An opportunity: support"
    EXPENSES = "opportunity.expenses", "An opportunity: expenses"
    OPPORTUNITY_REASON = "opportunity.reason", "Why an opportunity was parked or ended"
    INVITATION_REASON = "invitation.reason", "Why a member cannot join"
    OUTCOME = "outcome.what_changed", "What changed: an outcome"
    OUTCOME_SAID = "outcome.you_said", "What young people said: an outcome"
    OUTCOME_WITH = "outcome.worked_with", "Who worked on it: an outcome"
    ACTION_TITLE = "action.title", "The title of an action"
    WILL_SEE = "action.will_see", "What people will see once an action is done"
    DUE_WORDING = "action.due_wording", "When an action is due"
    RAG_REASON = "action.rag_reason", "Why an action has its RAG rating"
    CHANGE_TITLE = "action_change.title", "A new title of an action"
    CHANGE_SEE = "action_change.will_see", "A new wording of what people will see"
    CHANGE_DUE = "action_change.due_wording", "A new date of an action, in words"
    CHANGE_REASON = "action_change.reason", "Why an action should change"
    CHANGE_ANSWER = "action_change.answer", "Why a change of an action was turned down"
    TOGETHER_SHOWN = "action.together_shown", "What shows who works on an action"
    WRITTEN_WITH = "promise_version.written_with", "With whom a version of The Promise was written"
    WRITTEN_SHOWN = "promise_version.written_shown", "What shows who wrote a version of The Promise"
    WHY_ALONE = "action.why_alone", "Why staff do an action by themselves"
    PARTNERS = "action.partners", "The partners of an action"
    HOME_REASON = "promise_home.reason", "Why an action ends with a version of The Promise"
    FIRST_DUE = "action.first_due_wording", "When an action was first due"
    MILESTONE_TITLE = "milestone.title", "A milestone"
    EVIDENCE = "milestone.evidence", "The evidence for a milestone"
    UPDATE = "action_update.text", "An update to an action"
    MILESTONE_CORRECTED = "milestone.corrected", "Why a milestone was corrected"
    UPDATE_CORRECTED = "action_update.corrected", "Why an update was corrected"
    SESSION_TITLE = "coproduction_session.title", "The title of a session"
    SESSION_AIMS = "coproduction_session.aims", "What a session is for"
    SESSION_ACCESS = "coproduction_session.access", "Access to a session"
    SESSION_OTHER_WAYS = (
        "coproduction_session.other_ways",
        "How to take part in a session for who cannot come",
    )
    SESSION_JOINING = "coproduction_session.joining", "How to join a session"
    SESSION_FOOD = "coproduction_session.food", "Food at a session"
    SESSION_TRAVEL = "coproduction_session.travel", "Travel to a session"
    SESSION_WARM_UP = "coproduction_session.warm_up", "How a session begins"
    SESSION_PACE = "coproduction_session.pace", "The pace of a session"
    SESSION_YOUNG = "coproduction_session.young_leaders", "Which young people lead a session"
    SESSION_LED_WITH = "coproduction_session.led_with", "With whom a session is led"
    SESSION_INDEPENDENT = "coproduction_session.independent", "Who is independent at a session"
    SESSION_GROUND_RULES = "coproduction_session.ground_rules", "Ground rules of a session"
    SESSION_SINCE = "coproduction_session.since_last", "What happened after the last session"
    SESSION_MOVED = "coproduction_session.why_moved", "Why a session was moved"
    SESSION_CANCELLED = "coproduction_session.why_cancelled", "Why a session was cancelled"
    SESSION_NOTHING = "coproduction_session.nothing_because", "Why no opportunity was found"
    SESSION_DONE = "coproduction_session.done", "What was done at a session"
    SESSION_HEARD = "coproduction_session.heard", "What was heard at a session"
    STEP_TITLE = "session_step.title", "A step of a session"
    STEP_DETAIL = "session_step.detail", "More about a step of a session"
    SESSION_TASK = "session_task.text", "Something to do before a session"
    SESSION_GOAL = "session_goal.text", "What a session should lead to"
    SESSION_QUESTION = "session_question.text", "A question that a session asks"
    SESSION_CHANGE = "session_change.text", "What to change after a session"
    PRIORITY_TITLE = "priority.title", "What young people chose"
    PRIORITY_WHY = "priority.why", "Why young people chose it"
    PRIORITY_BY = "priority.chosen_by", "Who chose a priority"
    PRIORITY_PROGRAMME = "priority.programme", "Of which programme a priority is"
    PROJECT_TITLE = "project.title", "The name of a project"
    PROJECT_ABOUT = "project.about", "What a project is"
    PROJECT_START = "project.at_start", "How people are involved when a project starts"
    PROJECT_MIDDLE = "project.in_middle", "How people are involved while a project runs"
    PROJECT_END = "project.at_end", "How people are involved when a project ends"
    PROJECT_WITH = "project.agreed_with", "With whom an involvement plan was agreed"
    PROJECT_MADE = "project.what_changed", "What involvement changed in a project"
    PROJECT_STOPPED = "project.why_stopped", "Why a project was stopped"
    RECRUITMENT_PREPARED = "recruitment.prepared", "How a panel was prepared"
    RECRUITMENT_ASKED = "recruitment.asked", "What a panel asked"
    RECRUITMENT_CHANGED = "recruitment.what_changed", "What a panel changed"
    RECRUITMENT_THANKED = "recruitment.thanked", "How a panel was thanked"
    POLICY_TITLE = "policy.title", "The name of a policy"
    POLICY_PURPOSE = "policy.purpose", "What a policy is for"
    POLICY_AUDIENCES = "policy.audiences", "For whom a policy is"
    POLICY_PARTNERS = "policy.partners", "The partners of a policy"
    POLICY_CO_PRODUCERS = "policy.co_producers", "Who wrote a policy together"
    POLICY_DEFINITIONS = "policy.definitions", "The definitions of a policy"
    POLICY_DEFINED = "policy.defined_with", "With whom the definitions of a policy were written"
    POLICY_NEXT = "policy.next_with", "Who has the next step of a policy"
    POLICY_CHANGED = "policy.what_changed", "What changed because of a policy"
    POLICY_SKIPPED = "policy_done.why_skipped", "Why a step of a policy was skipped"
    POLICY_WRITTEN = "policy_version.written_by", "Who wrote a version of a policy"
    POLICY_EASY_BY = "policy_version.easy_by", "Who wrote the easy words of a policy"
    POLICY_EASY_READ = "policy_version.easy_read_by", "Who read the easy words of a policy"
    POLICY_HEADING = "policy_part.heading", "The heading of a part of a policy"
    POLICY_TEXT = "policy_part.text", "The text of a part of a policy"
    POLICY_EASY = "policy_part.easy", "The easy words of a part of a policy"
    POLICY_TESTED = "policy_part.tested_with", "With whom a part of a policy was tested"
    POLICY_TESTED_SAID = "policy_part.tested_said", "What people said of a part of a policy"
    POLICY_CUT_HEADING = "policy_cut.heading", "The heading of text cut from a policy"
    POLICY_CUT = "policy_cut.text", "Text cut from a policy"
    POLICY_ASKED = "policy_activity.title", "An activity of a policy"
    POLICY_ASKED_WHOM = "policy_activity.audience", "Who was asked about a policy"
    POLICY_QUESTION = "policy_activity.question", "What people were asked about a policy"
    POLICY_HEARD = "policy_activity.heard", "What was heard about a policy"
    POLICY_SOURCE = "policy_activity.source", "Where a figure about a policy is from"
    POLICY_BODY = "policy_board.body", "A body that saw a policy"
    POLICY_BODY_SAID = "policy_board.said", "What a body said of a policy"
    POLICY_PROMISED = "policy_commitment.wording", "What a policy commits to"
    POLICY_WILL_SEE = "policy_commitment.will_see", "What people will see of a policy"
    COMMENT_CHANGED = "policy_comment.changed", "What changed because of a comment on a policy"
    LIBRARY_TITLE = "library_item.title", "The title of something in the library"
    LIBRARY_ABOUT = "library_item.about", "What something in the library is for"
    LIBRARY_WITH = "library_item.made_with", "With whom something in the library was made"
    LIBRARY_WITHDRAWN = "library_item.why_withdrawn", "Why something in the library was withdrawn"
    SURVEY_ABOUT = "survey_round.about", "Who was asked in a survey"
    SURVEY_REACHED = "survey_round.reached_by", "What was done so that more could answer a survey"
    SURVEY_SOURCE = "survey_round.source", "Where the results of a survey are"
    FINDING = "survey_finding.indicator", "What a survey asked"
    FINDING_SAID = "survey_finding.said", "What a survey found, in words"
    GROUP_TERMS = "group.terms", "What a group is for"
    GROUP_MEETS = "group.meets", "When a group meets"
    COURSE_AIMS = "course.aims", "What young people expect of a training course"
    VENUE_WAY = "venue.getting_there", "How to get to a venue"
    MEETING_PRIVATE = "meeting.private_part", "What a meeting discusses without the public"
    MEETING_INTEREST = "meeting_invited.interest", "An interest declared at a meeting"
    MEETING_MOVED = "meeting.why_moved", "Why a meeting was moved"
    MEETING_CANCELLED = "meeting.why_cancelled", "Why a meeting was cancelled"
    AGENDA_TITLE = "agenda_item.title", "An item of an agenda"
    AGENDA_DETAIL = "agenda_item.detail", "More about an item of an agenda"
    AGENDA_PAPER = "agenda_item.paper", "The name of a paper on an agenda"
    DECISION_ASKED = "decision.recommendation", "What the Board was asked to decide"
    DECISION = "decision.wording", "What the Board decided"
    DECISION_WITH = "decision.together_with", "With whom a decision is carried out"
    DECISION_DONE = "decision.done_words", "How a decision was carried out"
    PAPER_TITLE = "paper.title", "The title of a paper for the Board"
    PAPER_TEXT = "paper_text.text", "A text of a paper for the Board"
    PAPER_CORRECTED = "paper.why_corrected", "What was wrong with a paper for the Board"
    AUDIT_EVIDENCE = "audit_answer.evidence", "Evidence in an audit return"
    AUDIT_PLAN = "audit_answer.plan", "A plan in an audit return"

    @property
    def young_people_read(self) -> bool:
        """Say whether young people read it: on a card, with an offer, or beside what was done."""
        return self not in _STAFF_READ

    @property
    def table(self) -> str:
        """The name of its table."""
        return self.value.partition(".")[0]

    @property
    def column(self) -> str:
        """The name of its column."""
        return self.value.partition(".")[2]


_STAFF_READ = frozenset(
    {
        TextPlace.RAG_REASON,
        TextPlace.CHANGE_REASON,
        TextPlace.CHANGE_ANSWER,
        TextPlace.MILESTONE_TITLE,
        TextPlace.EVIDENCE,
        TextPlace.TOGETHER_SHOWN,
        TextPlace.WRITTEN_SHOWN,
        TextPlace.UPDATE,
        TextPlace.MILESTONE_CORRECTED,
        TextPlace.UPDATE_CORRECTED,
        TextPlace.AUDIT_PLAN,
    }
)


class TextEnd(Worded):
    """How a text stopped waiting."""

    REWORDED = "reworded", "Written in other words"
    NOT_THEIRS = "not_theirs", "Not their words"
    OUT_AGAIN = "out_again", "Their words are out again"
    GONE = "gone", "What it was in has gone"
