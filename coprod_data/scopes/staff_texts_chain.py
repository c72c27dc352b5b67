"""Which rows of each table with texts of staff are on the chain of an entry."""

import sqlalchemy as sa

from coprod_data.models import (
    Action,
    ActionChange,
    ActionUpdate,
    AgendaItem,
    Answer,
    AuditAnswer,
    CardEntry,
    CoproductionSession,
    CoSignature,
    Decision,
    EntrySummary,
    Group,
    Invitation,
    LibraryItem,
    Meeting,
    MeetingInvited,
    Milestone,
    NotYet,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
    Outcome,
    OutcomeAction,
    Paper,
    PaperText,
    Policy,
    PolicyActivity,
    PolicyBoard,
    PolicyComment,
    PolicyCommitment,
    PolicyCut,
    PolicyDone,
    PolicyPart,
    PolicyVersion,
    Priority,
    PriorityTie,
    Project,
    PromiseCommitment,
    PromiseHome,
    PromiseTheme,
    PromiseVersion,
    Recruitment,
    Reply,
    ReportCard,
    SessionChange,
    SessionFound,
    SessionGoal,
    SessionQuestion,
    SessionStep,
    SessionTask,
    SurveyFinding,
    SurveyRound,
    Venue,
    YoungView,
)
from coprod_data.models.links import card_opportunities


def rows_of_chain(entry: CardEntry) -> dict[str, sa.ColumnElement[bool]]:
    """Return for each table with texts of staff the condition that a row is on the chain."""
    main_id = entry.about_id or entry.id
    family = sa.select(CardEntry.id).where(
        sa.or_(CardEntry.id == main_id, CardEntry.about_id == main_id)
    )
    on_card = sa.select(CardEntry.id).where(CardEntry.report_card_id == entry.report_card_id)
    theme = (
        sa.select(ReportCard.theme_id)
        .where(ReportCard.id == entry.report_card_id)
        .scalar_subquery()
    )
    pairs = card_opportunities()
    outcomes = sa.union(
        sa.select(NotYet.outcome_id).where(
            sa.or_(NotYet.entry_id.in_(family), NotYet.reason_entry_id.in_(family))
        ),
        sa.select(CoSignature.outcome_id).where(CoSignature.entry_id.in_(family)),
    )
    opportunities = sa.union(
        sa.select(pairs.c.opportunity_id).where(pairs.c.report_card_id == entry.report_card_id),
        sa.select(OpportunityYoung.opportunity_id).where(OpportunityYoung.entry_id.in_(family)),
        sa.select(Outcome.opportunity_id).where(Outcome.id.in_(outcomes)),
        sa.select(Opportunity.id).where(Opportunity.theme_id == theme),
    )
    actions = sa.union(
        sa.select(Action.id).where(Action.opportunity_id.in_(opportunities)),
        sa.select(Action.id)
        .join(PromiseCommitment, PromiseCommitment.id == Action.commitment_id)
        .where(PromiseCommitment.theme_id == theme),
        sa.select(OutcomeAction.action_id)
        .join(Outcome, Outcome.id == OutcomeAction.outcome_id)
        .where(Outcome.opportunity_id.in_(opportunities)),
        sa.select(YoungView.action_id).where(
            sa.or_(YoungView.entry_id.in_(family), YoungView.words_entry_id.in_(family))
        ),
    )
    audits = sa.select(OpportunitySource.audit_answer_id).where(
        OpportunitySource.opportunity_id.in_(opportunities),
        OpportunitySource.audit_answer_id.is_not(None),
    )
    sessions = sa.union(
        sa.select(CoproductionSession.id).where(CoproductionSession.theme_id == theme),
        sa.select(CoproductionSession.id).where(
            CoproductionSession.opportunity_id.in_(opportunities)
        ),
        sa.select(SessionFound.session_id).where(SessionFound.opportunity_id.in_(opportunities)),
    )
    meetings = sa.select(Meeting.id).where(Meeting.theme_id == theme)
    version = sa.select(PromiseTheme.version_id).where(PromiseTheme.id == theme)
    priorities = sa.select(PriorityTie.priority_id).where(
        sa.or_(
            PriorityTie.opportunity_id.in_(opportunities),
            PriorityTie.action_id.in_(actions),
            PriorityTie.session_id.in_(sessions),
        )
    )
    on_agendas = sa.or_(
        AgendaItem.meeting_id.in_(meetings),
        AgendaItem.opportunity_id.in_(opportunities),
        AgendaItem.report_card_id == entry.report_card_id,
    )
    findings = sa.select(Priority.finding_id).where(Priority.id.in_(priorities))
    of_sessions = CoproductionSession.id.in_(sessions)
    return {
        "report_card": ReportCard.id == entry.report_card_id,
        "answer": Answer.report_card_id == entry.report_card_id,
        "reply": Reply.entry_id.in_(on_card),
        "entry_summary": EntrySummary.entry_id.in_(on_card),
        "opportunity": Opportunity.id.in_(opportunities),
        "invitation": Invitation.opportunity_id.in_(opportunities),
        "outcome": Outcome.opportunity_id.in_(opportunities),
        "action": Action.id.in_(actions),
        "action_change": ActionChange.action_id.in_(actions),
        "promise_version": PromiseVersion.id.in_(version),
        "promise_home": PromiseHome.action_id.in_(actions),
        "milestone": Milestone.action_id.in_(actions),
        "action_update": ActionUpdate.action_id.in_(actions),
        "audit_answer": AuditAnswer.id.in_(audits),
        "coproduction_session": CoproductionSession.id.in_(sessions),
        "session_step": SessionStep.session_id.in_(sessions),
        "session_task": SessionTask.session_id.in_(sessions),
        "session_goal": SessionGoal.session_id.in_(sessions),
        "session_question": SessionQuestion.session_id.in_(sessions),
        "session_change": SessionChange.session_id.in_(sessions),
        "meeting": Meeting.theme_id == theme,
        "decision": Decision.item_id.in_(sa.select(AgendaItem.id).where(on_agendas)),
        "agenda_item": on_agendas,
        "paper": Paper.meeting_id.in_(meetings),
        "paper_text": PaperText.paper_id.in_(
            sa.select(Paper.id).where(Paper.meeting_id.in_(meetings))
        ),
        "priority": Priority.id.in_(priorities),
        "project": Project.id.is_not(None),  # about no theme, so they may repeat anybody's words
        "recruitment": Recruitment.id.is_not(None),
        "policy": Policy.id.is_not(None),  # as of projects
        "policy_activity": PolicyActivity.id.is_not(None),
        "policy_board": PolicyBoard.id.is_not(None),
        "policy_comment": PolicyComment.id.is_not(None),
        "policy_commitment": PolicyCommitment.id.is_not(None),
        "policy_cut": PolicyCut.id.is_not(None),
        "policy_done": PolicyDone.id.is_not(None),
        "policy_part": PolicyPart.id.is_not(None),
        "policy_version": PolicyVersion.id.is_not(None),
        "library_item": LibraryItem.id.is_not(None),
        "survey_finding": SurveyFinding.id.in_(findings),
        "survey_round": SurveyRound.id.in_(
            sa.select(SurveyFinding.round_id).where(SurveyFinding.id.in_(findings))
        ),
        "meeting_invited": MeetingInvited.meeting_id.in_(meetings),
        "group": Group.id.in_(sa.select(CoproductionSession.group_id).where(of_sessions)),
        "course": sa.true(),  # young people's aims of any course may be in their words
        "venue": Venue.id.in_(sa.select(CoproductionSession.venue_id).where(of_sessions)),
    }
