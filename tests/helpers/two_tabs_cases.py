"""CASES: every form that carries what it was opened with, as two people have it open."""

from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from coprod_data.commands.actions_stopping import (
    drop_action,
    hold_action,
    propose_stage,
    take_up_action,
)
from coprod_data.vocabulary.actions import Stage
from tests.helpers.two_tabs import (
    Open,
    a_group,
    a_host,
    a_rota,
    an_email,
    some_roles,
    some_settings,
)
from tests.helpers.two_tabs_agenda import a_decision, an_item, who_was_there
from tests.helpers.two_tabs_corrections import (
    a_change,
    a_commitment_line,
    a_name,
    a_proposed_change,
    a_service_name,
    a_step,
    a_theme_line,
    an_evidence,
    an_owner,
    some_words,
)
from tests.helpers.two_tabs_listening import a_priority, a_survey_round, some_findings
from tests.helpers.two_tabs_meetings import (
    a_meeting,
    a_meeting_moved,
    a_paper,
    an_attendance,
    an_interest,
    some_invited,
)
from tests.helpers.two_tabs_promise import (
    a_home,
    a_plan_that_runs,
    some_successors,
    some_tags,
    who_works,
)
from tests.helpers.two_tabs_sessions import (
    a_move,
    a_plan,
    a_run_sheet,
    a_venue,
    a_write_up,
    days_proposed,
    goals_reached,
    goals_written,
    some_costs,
    some_questions,
    some_reach,
    some_thanks,
    some_totals,
    who_came,
)
from tests.helpers.two_tabs_work import (
    a_card_tie,
    a_reason,
    a_reply,
    a_stop,
    a_title,
    a_translation,
    a_wording,
    an_answer,
    an_entry_tie,
    an_update,
    some_uses,
)

CASES: dict[str, Callable[[Session], Open]] = {
    "answer_standard": an_answer,
    "change_action": a_change,
    "change_commitment": a_commitment_line,
    "change_consent": some_uses,
    "change_duty": a_rota,
    "change_decision": a_decision,
    "change_group": a_group,
    "change_item": an_item,
    "change_meeting": a_meeting,
    "change_notice_host": a_host,
    "change_paper": a_paper,
    "change_person": a_name,
    "change_roles": some_roles,
    "change_setting": some_settings,
    "change_session": a_plan,
    "change_theme": a_theme_line,
    "change_venue": a_venue,
    "change_work_email": an_email,
    "correct_milestone": an_evidence,
    "correct_update": some_words,
    "declare_interest": an_interest,
    "decide_home": a_home,
    "decline_opportunity": lambda db: a_reason(db, park=False),
    "drop_action": lambda db: a_stop(db, drop_action),
    "hold_action": lambda db: a_stop(db, hold_action),
    "propose_stage": lambda db: a_stop(
        db, partial(propose_stage, stage=Stage.ON_HOLD), by_owner=True
    ),
    "take_up_action": lambda db: a_stop(db, take_up_action, Stage.ON_HOLD),
    "hand_over_action": an_owner,
    "change_priority": a_priority,
    "change_survey_round": a_survey_round,
    "keep_findings": some_findings,
    "move_meeting": a_meeting_moved,
    "move_session": a_move,
    "park_opportunity": lambda db: a_reason(db, park=True),
    "plan_promise": a_plan_that_runs,
    "propose_change": a_proposed_change,
    "record_present": who_was_there,
    "record_who_came": who_came,
    "rename_service": a_service_name,
    "reopen_opportunity": lambda db: a_reason(db, park=False),
    "reply_to_invitation": a_reply,
    "reply_to_meeting": an_attendance,
    "reword_milestone": a_step,
    "reword_opportunity": a_wording,
    "propose_days": days_proposed,
    "record_costs": some_costs,
    "record_reach": some_reach,
    "record_thanks": some_thanks,
    "say_who_works": who_works,
    "say_reached": goals_reached,
    "set_goals": goals_written,
    "set_invited": some_invited,
    "set_questions": some_questions,
    "set_run_sheet": a_run_sheet,
    "set_totals": some_totals,
    "set_successors": some_successors,
    "tag_commitment": some_tags,
    "tie_entry": an_entry_tie,
    "say_translated": a_translation,
    "tie_report_card": a_card_tie,
    "title_report_card": a_title,
    "update_action": an_update,
    "write_up_session": a_write_up,
}
