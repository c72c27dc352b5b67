"""Where each box of several lines is: the file that shows it, and a page with it on it."""

import re

MANAGER, CHAIR, MEMBER, VOICE = "manager", "chair", "board.member", "youth.voice"
REACHED = {  # each file in which staff have a box of several lines, and where it is typed into
    "board/meetings_items.py": [("clerk", "/meetings?id=3")],
    "board/meetings_plan.py": [("clerk", "/meetings?id=3")],
    "board/papers_form.py": [("clerk", "/papers?id=2")],
    "board/papers_one.py": [("clerk", "/papers?id=1")],
    "listening/priorities.py": [(VOICE, "/priorities?id=1")],
    "listening/surveys_forms.py": [(VOICE, "/surveys")],
    "listening/audits_form.py": [(MANAGER, "/audits"), (VOICE, "/audits")],
    "listening/training_course.py": [(VOICE, "/training?id=1")],
    "office/groups_one.py": [(VOICE, "/groups?id=1")],
    "office/set_up_pasted.py": [(CHAIR, "/set_up")],
    "office/venues.py": [(VOICE, "/venues?id=1")],
    "promise/actions_changes.py": [(MANAGER, "/actions?action=28")],
    "promise/actions_hands.py": [(MANAGER, "/actions?action=28")],
    "promise/actions_authors.py": [(CHAIR, "/actions?action=38")],
    "promise/wordings_plan.py": [(CHAIR, "/wordings")],
    "promise/actions_stopping.py": [(CHAIR, "/actions?action=38")],
    "promise/actions_undo.py": [(MANAGER, "/actions?action=28")],
    "shared/duty.py": [("administrator", "/settings")],
    "shared/meet_milestone.py": [(MANAGER, "/my_work")],
    "shared/propose_action.py": [(MANAGER, "/actions")],
    "shared/update_action.py": [(MANAGER, "/my_work")],
    "together/opportunities_joining.py": [(MEMBER, "/opportunities?id=13")],
    "together/opportunities_signing.py": [(VOICE, "/opportunities?id=2")],
    "together/opportunities_steps.py": [(MEMBER, "/opportunities?new=1")],
    "together/projects_forms.py": [(MANAGER, "/projects?id=8")],
    "together/recruitment.py": [(VOICE, "/recruitment?id=6")],
    "together/sessions_after.py": [(VOICE, "/sessions?id=13")],
    "together/sessions_before.py": [(VOICE, "/sessions?id=14")],
    "together/sessions_dates.py": [(VOICE, "/sessions?id=21")],
    "together/sessions_feedback.py": [(VOICE, "/sessions?id=14&tab=before")],
    "together/sessions_goals.py": [(VOICE, "/sessions?id=14")],
    "together/sessions_plan.py": [(MANAGER, "/sessions?new=1")],
    "together/sessions_room.py": [(VOICE, "/sessions?id=14&tab=room")],
    "voice/add_entry.py": [(VOICE, "/add_entry")],
    "voice/report_cards_acts.py": [(CHAIR, "/report_cards?id=1")],
}
ELSEWHERE = {  # the same, where the demonstration has no such thing to open
    "board/meetings_decisions.py": "a decision that was confirmed: tests/pages/board",
    "board/meetings_recording.py": "an item that was chosen: tests/pages/board",
    "office/set_up_corrections.py": "lines of a drafted Promise: tests/pages/office",
    "office/set_up_promise.py": "lines of a drafted Promise: tests/pages/office",
    "promise/wordings_changes.py": "a draft of The Promise: tests/pages/promise",
    "promise/wordings_draft.py": "a draft of The Promise: tests/pages/promise",
    "together/sessions_wall.py": "words of an entry, never a draft: tests/coprod_data/commands",
    "voice/checking_box.py": "an entry that is being read: tests/pages/voice",
}
YOUNG = {"shared/send_form.py", "voice/my_cards_talk.py"}  # their words stay on their own device
A_BOX = re.compile(r"\b(?:form|meet)\.area\(|\bst\.text_area\b|\.area if\b")
