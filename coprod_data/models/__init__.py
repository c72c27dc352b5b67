"""Every table: importing this package completes the schema."""

from sqlalchemy.orm import configure_mappers

from coprod_data.models.absences import Absence
from coprod_data.models.actions import (
    Action,
    ActionChange,
    ActionUpdate,
    Milestone,
    ViewFace,
    ViewMonth,
    ViewVoice,
    YoungView,
)
from coprod_data.models.audits import (
    AuditAnswer,
    AuditAuditor,
    AuditPlanAction,
    AuditReturn,
    AuditRound,
    AuditStandard,
)
from coprod_data.models.base import Base
from coprod_data.models.calendars import CalendarFeed
from coprod_data.models.entries import (
    CardEntry,
    CardHolder,
    Consent,
    EntryQuestion,
    EntryReading,
    EntrySummary,
    EntryVersion,
    HandedCode,
    Reply,
    SameAs,
)
from coprod_data.models.entry_care import (
    CheckStep,
    ContactWish,
    EntryMeant,
    HoldCall,
    Recall,
    SafeguardingHold,
    UseDecision,
    Worry,
)
from coprod_data.models.events import Event, EventSeal, EventText, LogCheck
from coprod_data.models.groups import Group, GroupMeeting, Membership
from coprod_data.models.heard import HeardTerm, HeardTotal
from coprod_data.models.library import LibraryFile, LibraryItem, LibraryTie
from coprod_data.models.measures import Measure, MeasureFigure
from coprod_data.models.meetings import Meeting, MeetingInvited
from coprod_data.models.meetings_agenda import AgendaItem, HeardTime
from coprod_data.models.meetings_decisions import Decision, MeetingPresent
from coprod_data.models.notices import Notice, ToldToLado
from coprod_data.models.opportunities import (
    Invitation,
    Opportunity,
    OpportunitySource,
    OpportunityYoung,
)
from coprod_data.models.outcomes import CoSignature, NotYet, Outcome, OutcomeAction
from coprod_data.models.page_feedback import PageFeedback, PageWords
from coprod_data.models.papers import Paper, PaperLayout, PaperText
from coprod_data.models.people import (
    AccountRequest,
    AuthSession,
    LoginAttempt,
    Person,
    ResetLink,
    RoleGrant,
    Service,
    ServiceMember,
)
from coprod_data.models.policies import (
    Policy,
    PolicyCut,
    PolicyDone,
    PolicyPart,
    PolicyVersion,
)
from coprod_data.models.policies_asked import (
    PolicyActivity,
    PolicyBoard,
    PolicyComment,
    PolicyCommitment,
)
from coprod_data.models.posts import Post
from coprod_data.models.projects import Project
from coprod_data.models.promise import (
    CommitmentSuccessor,
    CommitmentTag,
    PromiseAuthor,
    PromiseCommitment,
    PromiseHome,
    PromiseTheme,
    PromiseVersion,
)
from coprod_data.models.pulse import PulseGiven, PulseTally
from coprod_data.models.recruitment import Recruitment
from coprod_data.models.report_cards import Answer, CardShare, ReportCard
from coprod_data.models.rewordings import LeftRun, Quote, Rewording, StaffRun, Wiping
from coprod_data.models.room_screens import RoomScreen, RoomWords
from coprod_data.models.sessions import (
    CoproductionSession,
    SessionCame,
    SessionFound,
    SessionGoal,
    SessionSeries,
    SessionStep,
    SessionTask,
    Venue,
)
from coprod_data.models.sessions_costs import SessionCost, SessionReach, SessionThanks
from coprod_data.models.sessions_dates import SessionAnswer, SessionDate
from coprod_data.models.sessions_feedback import (
    FeedbackWaiting,
    SessionChange,
    SessionFaceGiven,
    SessionFeedback,
    SessionQuestion,
)
from coprod_data.models.sessions_joining import SessionCode
from coprod_data.models.settings import Draft, Job, RateCount, Setting
from coprod_data.models.surveys import Priority, PriorityTie, SurveyFinding, SurveyRound
from coprod_data.models.trail import Trail
from coprod_data.models.training import Booking, Course, CourseDate, Learner

# Now, in one thread: two that configured them at once built statements that stayed wrong.
configure_mappers()

__all__ = [
    "AccountRequest",
    "Absence",
    "AgendaItem",
    "Action",
    "ActionChange",
    "ActionUpdate",
    "Answer",
    "AuditAnswer",
    "AuditAuditor",
    "AuditPlanAction",
    "AuditReturn",
    "AuditRound",
    "AuditStandard",
    "AuthSession",
    "Base",
    "Booking",
    "CalendarFeed",
    "CardEntry",
    "CardHolder",
    "CardShare",
    "CheckStep",
    "CoSignature",
    "CommitmentSuccessor",
    "CommitmentTag",
    "Consent",
    "ContactWish",
    "CoproductionSession",
    "Course",
    "CourseDate",
    "Decision",
    "Draft",
    "EntryMeant",
    "EntryQuestion",
    "EntryReading",
    "EntrySummary",
    "EntryVersion",
    "Event",
    "EventSeal",
    "EventText",
    "FeedbackWaiting",
    "Group",
    "GroupMeeting",
    "HeardTime",
    "HeardTerm",
    "HeardTotal",
    "HoldCall",
    "HandedCode",
    "Invitation",
    "Job",
    "Learner",
    "LeftRun",
    "LogCheck",
    "LoginAttempt",
    "Measure",
    "MeasureFigure",
    "Meeting",
    "MeetingInvited",
    "MeetingPresent",
    "Membership",
    "Milestone",
    "NotYet",
    "Notice",
    "Opportunity",
    "OpportunitySource",
    "OpportunityYoung",
    "Outcome",
    "OutcomeAction",
    "LibraryFile",
    "LibraryItem",
    "LibraryTie",
    "PageFeedback",
    "PageWords",
    "Paper",
    "PaperLayout",
    "PaperText",
    "Person",
    "PromiseAuthor",
    "Priority",
    "PriorityTie",
    "Project",
    "Policy",
    "PolicyActivity",
    "PolicyBoard",
    "PolicyComment",
    "PolicyCommitment",
    "PolicyCut",
    "PolicyDone",
    "PolicyPart",
    "PolicyVersion",
    "Post",
    "PromiseCommitment",
    "PromiseTheme",
    "PromiseHome",
    "PromiseVersion",
    "PulseGiven",
    "PulseTally",
    "Quote",
    "RateCount",
    "Recall",
    "Reply",
    "Recruitment",
    "ReportCard",
    "ResetLink",
    "Rewording",
    "RoleGrant",
    "RoomScreen",
    "RoomWords",
    "SafeguardingHold",
    "SameAs",
    "Service",
    "ServiceMember",
    "SessionAnswer",
    "SessionCame",
    "SessionDate",
    "SessionChange",
    "SessionCode",
    "SessionCost",
    "SessionFaceGiven",
    "SessionFeedback",
    "SessionFound",
    "SessionQuestion",
    "SessionReach",
    "SessionStep",
    "SessionGoal",
    "SessionSeries",
    "SessionTask",
    "SessionThanks",
    "Setting",
    "SurveyFinding",
    "SurveyRound",
    "ToldToLado",
    "Trail",
    "StaffRun",
    "UseDecision",
    "Venue",
    "ViewFace",
    "ViewMonth",
    "ViewVoice",
    "Wiping",
    "Worry",
    "YoungView",
]
