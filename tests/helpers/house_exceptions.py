"""Where a house rule does not hold, and why; `test_architecture` finds one that is not needed."""

UNDECIDED = ("make_notices", "claim_notices", "settle_notice", "see_notices", "forget_notices",
             "tell_the_lado", "forget_told")  # fmt: skip
DRAFTS = (
    "keep_draft", "keep_draft_of_tab", "wipe_draft", "wipe_drafts_of_tab", "forget_drafts",
    "choose_quote",
)  # fmt: skip
NOT_RECORDED = {
    **dict.fromkeys(DRAFTS, "what is half typed is nobody's business"),
    **dict.fromkeys(("touch_sessions", "put_in_quotes"), "nothing was decided"),
    "send_form": "send_entry tells the log, unless this is another card of the form",
    **dict.fromkeys(
        ("count_visit", "uncount_visit"), "a count is no decision, its row gone in a day"
    ),
    **dict.fromkeys(UNDECIDED, "nothing was decided, and its row says what became of it"),
    "ask_for_test": "nothing was decided, and its row says what became of it",
    "hand_over_code": "it ends the showing of a code, and the entry is as it was",
    "forget_handed_codes": "it ends the showing of a code, and the entry is as it was",
    "forget_ended_sessions": "they ended by an event of their own, or by the clock",
    **dict.fromkeys(("seal_events", "keep_check"), "about events: it would have to seal its own"),
    "forget_addresses": "its row is gone in a day",
    "give_feedback": "all of a session are told at once, so that none is joined to words",
    "give_pulse_on_card": "a tally of a term, as that of broad groups: no event says who or when",
    "give_pulse_at_session": "a tally of a term, as that of broad groups: no event says who",
}

NO_WORDS_LEAVE = {  # files that use young people's texts without asking the gate themselves
    "coprod_data/scopes/actions_beside.py": "which words are readable is handed in",
    "coprod_data/scopes/entries.py": "the gate itself",
    "coprod_data/scopes/second_person_maybe.py": "only whom they may name leaves it",
    "coprod_data/scopes/staff_texts_chain.py": "conditions only, on texts of staff",
}
NO_DOOR_YET: dict[str, str] = {}  # commands that wait for their page
