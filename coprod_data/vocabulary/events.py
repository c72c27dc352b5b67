"""What can have happened, and who reads of it."""

from coprod_data.vocabulary.base import Worded


class EventKind(Worded):
    """What can have happened: noun dot past tense, and the history's words for it, which follow a
    name.
    """

    PERSON_ADDED = "person.added", "added an account"
    PERSON_CHANGED = "person.changed", "changed the name or job of an account"
    PERSON_DISABLED = "person.disabled", "closed an account"
    PERSON_ENABLED = "person.enabled", "opened an account again"
    PERSON_EMAIL_CHANGED = "person.email_changed", "changed the work e-mail address of an account"
    PASSWORD_SET = "person.password_set", "set a new password"
    RESET_LINK_MADE = "person.reset_link_made", "made a one-time password link"
    RESET_ASKED = (
        "person.reset_asked",
        "asked for a one-time password link that a second person must agree to",
    )
    REOPENING_ASKED = (
        "person.reopening_asked",
        "asked to open an account again, which a second person must agree to",
    )
    SECOND_FOUND = "person.second_found", "found who can answer what was asked about an account"
    UNLOCKED = "person.unlocked", "unlocked the sign-in of an account"
    RESET_READ = "person.reset_read", "read who made the link with which their password was set"
    CALENDAR_MADE = "person.calendar_made", "made the address of their calendar"
    CALENDAR_ENDED = "person.calendar_ended", "ended the address of their calendar"
    REQUEST_STOPPED = "person.request_stopped", "stopped what was asked about an account"
    ROLE_REQUESTED = "role.requested", "asked for a role that a second person must confirm"
    ROLE_GRANTED = "role.granted", "gave a role"
    ROLE_ENDED = "role.ended", "took a role away"
    ROLE_STOPPED = "role.stopped", "stopped a role that was asked for"
    SIGNED_IN = "session.signed_in", "signed in"
    SIGN_IN_REFUSED = "session.refused", "was refused at sign-in"  # until there was a trail
    PASSWORD_TYPED_AGAIN = "session.proved", "typed their password again"
    SIGNED_OUT = "session.signed_out", "signed out"
    SESSION_ENDED = "session.ended", "ended a session"
    SERVICE_ADDED = "service.added", "added a service"
    SERVICE_MEMBER_ADDED = "service.member_added", "put somebody in charge of a service"
    SERVICE_RENAMED = "service.renamed", "renamed a service"
    SERVICE_MEMBER_REMOVED = (
        "service.member_removed",
        "took somebody off a service",
    )
    GROUP_ADDED = "group.added", "added a group"
    GROUP_CHANGED = "group.changed", "changed a group"
    GROUP_CLOSED = "group.closed", "closed a group"
    GROUP_REOPENED = "group.reopened", "opened a group again"
    GROUP_MET = "group.met", "wrote down that a group met"
    MEMBERSHIP_ADDED = "group.member_added", "put somebody into a group"
    MEMBERSHIP_ENDED = "group.member_left", "recorded that somebody left a group"
    MEETING_PLANNED = "meeting.planned", "planned a meeting of the Board"
    MEETING_CHANGED = "meeting.changed", "changed a meeting of the Board"
    MEETING_MOVED = "meeting.moved", "moved a meeting of the Board, with a reason"
    MEETING_CANCELLED = "meeting.cancelled", "cancelled a meeting of the Board, with a reason"
    MEETING_RESTORED = "meeting.restored", "took back that a meeting of the Board was cancelled"
    MEETING_INVITED = "meeting.invited", "changed who is invited to a meeting of the Board"
    MEETING_REPLIED = "meeting.replied", "said whether somebody comes to a meeting of the Board"
    AGENDA_DRAWN = "meeting.agenda_drawn", "drew up an agenda by the rule"
    AGENDA_PUBLISHED = "meeting.agenda_published", "put out an agenda"
    AGENDA_ITEM_ADDED = "meeting.item_added", "added an item to an agenda"
    AGENDA_ITEM_CHANGED = "meeting.item_changed", "changed an item of an agenda"
    AGENDA_ITEM_MOVED = "meeting.item_moved", "changed the order of an agenda"
    AGENDA_ITEM_REMOVED = "meeting.item_removed", "took an item off an agenda"
    MEETING_STARTED = "meeting.started", "began a meeting of the Board"
    MEETING_ENDED = "meeting.ended", "ended a meeting of the Board"
    MEETING_SCREEN_TURNED = "meeting.screen_turned", "turned the screen of a meeting of the Board"
    ITEM_STARTED = "meeting.item_started", "began an item of an agenda"
    ITEM_STOPPED = "meeting.item_stopped", "stopped an item of an agenda"
    HEARD_CORRECTED = "meeting.heard_corrected", "corrected for how long an item was talked about"
    DECISION_RECORDED = "meeting.decision_recorded", "wrote down a decision of the Board"
    DECISION_CHANGED = "meeting.decision_changed", "changed a decision that was not confirmed"
    DECISION_CONFIRMED = "meeting.decision_confirmed", "confirmed a decision of the Board"
    DECISION_WITHDRAWN = (
        "meeting.decision_withdrawn",
        "deleted a decision that was not confirmed",
    )
    DECISION_DONE = "meeting.decision_done", "said that a decision of the Board is carried out"
    MEETING_PRESENT = "meeting.present", "wrote down how many were at a meeting of the Board"
    INTEREST_DECLARED = "meeting.interest_declared", "wrote down an interest that was declared"
    PAPER_BEGUN = "paper.begun", "began a paper for the Board"
    PAPER_CHANGED = "paper.changed", "wrote in a paper for the Board"
    PAPER_SUBMITTED = "paper.submitted", "handed a paper for the Board over to be signed"
    PAPER_TAKEN_BACK = "paper.taken_back", "took a paper for the Board back to change it"
    PAPER_SIGNED = "paper.signed", "signed a paper for the Board"
    PAPER_CORRECTED = "paper.corrected", "began to correct a paper for the Board, with a reason"
    LAYOUT_KEPT = "paper_layout.kept", "gave papers for the Board another layout"
    POST_GIVEN = "post.given", "recorded who holds an office"
    POST_ENDED = "post.ended", "recorded that somebody no longer holds an office"
    ABSENCE_ADDED = "absence.added", "recorded that somebody is away"
    ABSENCE_REMOVED = "absence.removed", "took back that somebody is away"
    SETTING_CHANGED = "setting.changed", "changed a setting"
    PROMISE_DRAFTED = "promise.drafted", "drafted a version of The Promise"
    THEME_ADDED = "promise.theme_added", "added a theme to The Promise"
    COMMITMENT_ADDED = "promise.commitment_added", "added a commitment to The Promise"
    THEME_CHANGED = "promise.theme_changed", "changed a drafted theme of The Promise"
    COMMITMENT_CHANGED = (
        "promise.commitment_changed",
        "changed a drafted commitment of The Promise",
    )
    COMMITMENT_SUCCEEDED = (
        "promise.commitment_succeeded",
        "linked a commitment to the one before it",
    )
    COMMITMENT_PARTED = (
        "promise.commitment_parted",
        "took back that a commitment carries on the one before it",
    )
    THEME_REMOVED = "promise.theme_removed", "removed a theme from a draft of The Promise"
    COMMITMENT_REMOVED = (
        "promise.commitment_removed",
        "removed a commitment from a draft of The Promise",
    )
    COMMITMENT_TAGGED = (
        "promise.commitment_tagged",
        "said to which frameworks a commitment belongs",
    )
    PROMISE_ORDERED = "promise.ordered", "changed the order in a draft of The Promise"
    HOME_DECIDED = (
        "promise.home_decided",
        "decided where an action goes in a new version of The Promise",
    )
    PROMISE_PLANNED = "promise.planned", "said when the plan runs, or who wrote The Promise"
    PROMISE_ADOPTED = "promise.adopted", "recorded that The Promise was adopted"
    CARD_OPENED = "report_card.opened", "opened a report card"
    CARD_MOVED = "report_card.moved", "carried a report card over to a new version of The Promise"
    CARD_TITLED = "report_card.titled", "gave a report card its title"
    CARD_TIED = "report_card.tied", "said which commitment a report card is about"
    CARD_READY = "report_card.ready", "marked a report card as ready"
    CARD_SHARED = "report_card.shared", "shared a report card"
    CARD_READ_AS_SHARED = "report_card.read", "opened a report card just after it was shared"
    CARD_SHARE_TAKEN_BACK = "report_card.unshared", "took back the sharing of a report card"
    CARD_CLOSED = "report_card.closed", "closed a report card"
    CARD_ANSWERED = "report_card.answered", "answered a report card for the staff side"
    ENTRY_SENT = "entry.sent", "sent an entry"
    ENTRY_OPENED = "entry.opened_to_read", "opened the raw words of an entry"
    ENTRY_MOVED = "entry.moved", "moved an entry to another theme"
    ENTRY_TIED = "entry.tied", "said which commitment an entry is about"
    ENTRY_TRANSLATED = "entry.translated", "said who translated an entry"
    ENTRY_PROPOSED = "entry.step_proposed", "asked a second person about an entry"
    STEP_REFUSED = "entry.step_refused", "did not agree to a step with an entry"
    ENTRY_TAKEN_OVER = "entry.taken_over", "took over an entry from a colleague"
    ENTRY_KEPT = "entry.kept", "kept an entry with the team"
    ENTRY_RECALLED = "entry.recalled", "took an entry back in"
    WORRY_SAID = "entry.worry_said", "said they are worried about an entry"
    WISH_MADE = "wish.made", "asked to talk to somebody"
    WISH_OPENED = "wish.opened", "opened how to reach a young person"
    WISH_CLOSED = "wish.closed", "closed a wish to talk"
    WISH_TAKEN_BACK = "wish.taken_back", "took back a wish to talk"
    HOLD_TOLD = "hold.told", "told somebody that an entry is held"
    ENTRY_LET_GO = "entry.let_go", "let go of an entry that was taken back"
    ENTRY_RELEASED = "entry.released", "released an entry"
    ROOM_WORDS_SHOWN = "entry.shown_in_room", "let an entry out for the wall of its session"
    ROOM_WORDS_KEPT_OFF = "entry.kept_off_wall", "kept an entry off the wall of its session"
    ENTRY_RETURNED = "entry.returned_to_queue", "put an entry back into the queue"
    ENTRY_ASKED_BACK = "entry.asked_back", "asked a young person about their entry"
    ENTRY_ANSWERED = "entry.answered", "answered a question about their entry"
    ENTRY_PERSONAL_HELP = (
        "entry.passed_to_worker",
        "passed an entry to the young person's worker",
    )
    ENTRY_CLOSED = "entry.closed", "closed an entry"
    ENTRY_WITHDRAWN = "entry.withdrawn", "took an entry back"
    ENTRY_ERASED_AGAIN = "entry.erased_again", "erased an entry again, from a restored backup"
    ENTRY_REPLIED = "entry.replied", "replied to a young person"
    ENTRY_JOINED = "entry.joined", "joined an entry with another that says the same"
    ENTRY_PARTED = "entry.parted", "parted an entry from another that does not say the same"
    SUMMARY_WRITTEN = "entry.summary_written", "wrote a summary of an entry"
    TEXT_REWORDED = "entry.text_reworded", "wrote a text in other words"
    TEXT_PUT_BACK = "entry.text_put_back", "put a text back as it was"
    HOLD_TAKEN = "hold.taken", "took a safeguarding hold"
    HOLD_OPENED = "hold.opened", "held an entry for safeguarding"
    HOLD_CLOSED = "hold.closed", "ended a safeguarding hold"
    CONSENT_CHANGED = "consent.changed", "changed who may read an entry"
    CODE_KEPT = "entry.code_kept", "said that they have their card code"
    HOLDER_ADDED = "entry.holder_added", "added an entry to their own cards"
    OPPORTUNITY_SPOTTED = "opportunity.spotted", "spotted an opportunity"
    OPPORTUNITY_CHANGED = "opportunity.changed", "changed an opportunity"
    OPPORTUNITY_REVIEWED = "opportunity.reviewed", "recorded that a group reviewed an opportunity"
    OPPORTUNITY_OPENED = "opportunity.opened", "opened an opportunity to members"
    OPPORTUNITY_WORKING = "opportunity.working", "started work on an opportunity"
    OPPORTUNITY_PARKED = "opportunity.parked", "parked an opportunity"
    OPPORTUNITY_DECLINED = "opportunity.declined", "declined an opportunity"
    OPPORTUNITY_CLOSED = "opportunity.closed", "closed an opportunity"
    OPPORTUNITY_REOPENED = "opportunity.reopened", "reopened an opportunity"
    MEMBER_INVITED = "invitation.sent", "invited a member"
    MEMBER_OFFERED = "invitation.offered", "offered to work on an opportunity"
    INVITATION_ANSWERED = "invitation.answered", "answered an invitation"
    YOUNG_INVITED = "opportunity.young_invited", "invited a young person"
    MATCH_CONFIRMED = "opportunity.match_confirmed", "said yes to the member who offered"
    MATCH_REFUSED = "opportunity.match_refused", "asked for somebody else"
    SESSION_PLANNED = "coproduction_session.planned", "planned a session"
    SERIES_PLANNED = "coproduction_session.series_planned", "planned a series of workshops"
    GOALS_SET = "coproduction_session.goals", "wrote what a session should lead to"
    GOALS_REACHED = "coproduction_session.goals_reached", "said whether a session got there"
    RULES_AGREED = "coproduction_session.rules_agreed", "recorded that a group agreed its rules"
    RULES_TAKEN = "coproduction_session.rules_taken", "took over the rules that a group agreed"
    SESSION_CHANGED = "coproduction_session.changed", "changed a session"
    SESSION_MOVED = "coproduction_session.moved", "moved a session, with a reason"
    SESSION_CONFIRMED = "coproduction_session.confirmed", "confirmed a session"
    SESSION_CANCELLED = "coproduction_session.cancelled", "cancelled a session, with a reason"
    SESSION_RESTORED = "coproduction_session.restored", "took back that a session was cancelled"
    SESSION_HELD = "coproduction_session.held", "recorded that a session was held"
    SESSION_CAME = "coproduction_session.came", "corrected who came to a session"
    SESSION_FOUND = "coproduction_session.found", "changed what was found at a session"
    SESSION_REVIEWED = (
        "coproduction_session.reviewed",
        "answered what could be done together after a session",
    )
    SESSION_WRITTEN_UP = "coproduction_session.written_up", "wrote up a session"
    SESSION_CLOSED = "coproduction_session.closed", "closed a session"
    SESSION_REOPENED = "coproduction_session.reopened", "opened a session again"
    SESSION_COSTS = "coproduction_session.costs", "recorded what a session cost"
    SESSION_REACH = "coproduction_session.reach", "recorded whom a session reached"
    SESSION_THANKS = "coproduction_session.thanks", "recorded the thanks for a session"
    SESSION_DAYS = "coproduction_session.days", "asked both sides on which days they can meet"
    SESSION_ANSWERED = "coproduction_session.answered", "answered when they can meet"
    SESSION_DAY_CHOSEN = "coproduction_session.day_chosen", "chose the day of a first meeting"
    JOIN_CODE_MADE = "coproduction_session.code_made", "made the join code of a session"
    JOIN_CODE_STOPPED = "coproduction_session.code_stopped", "stopped the join code of a session"
    SCREEN_OPENED = "coproduction_session.wall_opened", "opened the wall of a session"
    SCREEN_CLOSED = "coproduction_session.wall_closed", "closed the wall of a session"
    SCREEN_TURNED = "coproduction_session.wall_turned", "turned to other words on a wall"
    FEEDBACK_GIVEN = "coproduction_session.feedback", "kept what people said of a session"
    QUESTIONS_SET = "coproduction_session.questions", "wrote a session's own questions"
    CHANGE_WRITTEN = "coproduction_session.change", "wrote what to change after a session"
    CHANGE_TAKEN = "coproduction_session.change_taken", "took over what to change at a session"
    CHANGE_DROPPED = (
        "coproduction_session.change_dropped",
        "left what people asked to change at a session as it is",
    )
    HEARD_TOTALS_SET = "heard.totals", "wrote down how many of each broad group there are"
    RUN_SHEET_CHANGED = "coproduction_session.run_sheet", "changed the run sheet of a session"
    STEP_TICKED = "coproduction_session.step_ticked", "ticked a step of a session"
    TASK_ADDED = "coproduction_session.task_added", "added something to do before a session"
    TASK_DONE = "coproduction_session.task_done", "ticked something to do before a session"
    VENUE_ADDED = "venue.added", "added a venue"
    VENUE_CHANGED = "venue.changed", "changed a venue"
    VENUE_CLOSED = "venue.closed", "took a venue out of use"
    VENUE_REOPENED = "venue.reopened", "took a venue into use again"
    OUTCOME_PROPOSED = "outcome.proposed", "proposed an outcome"
    OUTCOME_SIGNED = "outcome.signed", "signed an outcome"
    OUTCOME_KNOWN = (
        "outcome.known",
        "said that the young person who signed with a card code is known to the team",
    )
    OUTCOME_NOT_YET = "outcome.not_yet", "said an outcome is not there yet"
    ACTION_PROPOSED = "action.proposed", "proposed an action"
    ACTION_APPROVED = "action.approved", "approved an action"
    ACTION_UPDATED = "action.updated", "updated an action"
    ACTION_MOVED = "action.moved", "moved an action to another stage"
    ACTION_DROPPED = "action.dropped", "dropped an action, with a reason"
    ACTION_WORKED_ON = "action.worked_on", "said who works on an action"
    ACTION_HELD = "action.held", "put an action on hold, with a reason"
    ACTION_TAKEN_UP = "action.taken_up", "took an action up again, with a reason"
    ACTION_HANDED_OVER = "action.handed_over", "gave an action to another owner or service"
    ACTION_CHANGED = "action.changed", "changed an action"
    ACTION_MONTH_COUNTED = "action.month_counted", "counted the faces of a month"
    ACTION_CHANGE_PROPOSED = "action.change_proposed", "proposed a change of an action"
    ACTION_CHANGE_REFUSED = "action.change_refused", "turned down a change of an action"
    ACTION_CARRIED_OVER = (
        "action.carried_over",
        "carried an action over to a new version of The Promise",
    )
    ACTION_ENDED = "action.ended", "ended an action, done, with an earlier version of The Promise"
    ACTION_CHANGE_TAKEN_BACK = "action.change_taken_back", "took back a change of an action"
    ACTION_VERIFIED = "action.verified", "verified an action by signing its outcome"
    ACTION_UNDONE = "action.undone", "undid the last step on an action"
    MILESTONE_ADDED = "milestone.added", "added a milestone"
    MILESTONE_MET = "milestone.met", "recorded that a milestone was met"
    MILESTONE_CORRECTED = "milestone.corrected", "corrected a milestone, with a reason"
    MILESTONE_REMOVED = "milestone.removed", "removed a milestone, with a reason"
    UPDATE_CORRECTED = "action.update_corrected", "corrected an update to an action, with a reason"
    VIEW_GIVEN = "action.view_given", "said how an action feels"
    VIEW_TAKEN_BACK = "action.view_taken_back", "took back how an action feels"
    SURVEY_ADDED = "survey.added", "added a survey round"
    SURVEY_CHANGED = "survey.changed", "changed a survey round"
    SURVEY_MOVED = "survey.moved", "moved a survey round on"
    SURVEY_RESULTS = "survey.results", "brought in the results of a survey"
    PRIORITY_ADDED = "priority.added", "wrote down a priority of young people"
    PRIORITY_CHANGED = "priority.changed", "changed a priority of young people"
    PRIORITY_TIED = "priority.tied", "said what came of a priority"
    PRIORITY_UNTIED = "priority.untied", "took something from a priority"
    AUDIT_OPENED = "audit.opened", "opened a participation audit"
    STANDARD_ADDED = "audit.standard_added", "added a standard to an audit"
    AUDIT_ANSWERED = "audit.answered", "rated a standard"
    AUDIT_RETURNED = "audit.returned", "sent in an audit return"
    AUDIT_REVIEWED = "audit.reviewed", "reviewed an audit return"
    AUDIT_PUBLISHED = "audit.published", "published an audit return"
    RETENTION_RAN = "retention.ran", "erased words whose time was over"
    KEY_ADDED = "log.key_added", "added a server key"
    KEY_ENDED = "log.key_ended", "ended a server key"
    LOG_UPGRADED = "log.upgraded", "told the log of what an upgrade wrote"
