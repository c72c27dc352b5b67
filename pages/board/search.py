"""One search over everything that its reader may open. What was typed is never in the address."""

import streamlit as st

from coprod_data.permissions import Permission
from coprod_data.queries.search import Found, search
from coprod_data.queries.search_steps import MOST_FOUND, Hit
from coprod_data.rules.excerpts import MOST
from coprod_data.vocabulary.search import FoundKind
from pages.parts.boxes import text_line
from pages.parts.faults import refusals
from pages.parts.frame import open_page, show_help
from pages.parts.html import show
from pages.parts.sign_in import reading
from pages.parts.tables import download
from pages.shared.own_eyes import for_own_eyes
from pages.shared.search_box import TYPED
from pages.shared.worry import worry

BOX = "search-box"
HINT = "Words, numbers or names. Each word has to be there."
ADDRESSES = {
    FoundKind.WORDS: "/report_cards?id={}",
    FoundKind.REPORT_CARD: "/report_cards?id={}",
    FoundKind.THEME: "/actions?theme={}",
    FoundKind.COMMITMENT: "/actions?commitment={}",
    FoundKind.OPPORTUNITY: "/opportunities?id={}",
    FoundKind.ACTION: "/actions?action={}",
    FoundKind.OUTCOME: "/opportunities?outcome={}",
    FoundKind.QUESTION: "/audits",
    FoundKind.GROUP: "/groups?id={}",
    FoundKind.SESSION: "/sessions?id={}",
    FoundKind.VENUE: "/venues?id={}",
    FoundKind.COURSE: "/training?id={}",
    FoundKind.MEETING: "/meetings?id={}",
    FoundKind.DECISION: "/meetings?id={}",
    FoundKind.PAPER: "/papers?id={}",
    FoundKind.FINDING: "/surveys?round={}",
    FoundKind.MEASURE: "/measures?id={}",
    FoundKind.PRIORITY: "/priorities?id={}",
    FoundKind.PROJECT: "/projects?id={}",
    FoundKind.POLICY: "/policies?id={}",
    FoundKind.RECRUITMENT: "/recruitment?id={}",
    FoundKind.LIBRARY: "/library?id={}",
    FoundKind.POST: "/posts",
    FoundKind.PERSON: "/people?id={}",
}


def keep() -> None:
    """Keep what was typed for this tab, for when this page is shown again."""
    st.session_state[TYPED] = st.session_state[BOX]


def box() -> str:
    """Show the box, with what was typed before in this tab."""
    if BOX not in st.session_state:
        st.session_state[BOX] = st.session_state.get(TYPED, "")
    typed = text_line(
        "Search everything you may read", key=BOX, longest=MOST, on_change=keep,
        placeholder=HINT,
    )  # fmt: skip
    return (typed or "").strip()


def results(typed: str) -> None:
    """Show what was found, kind by kind."""
    found: tuple[Found, ...] | None = None
    plan = beyond_public = False
    can: frozenset[Permission] = frozenset()
    with refusals(), reading() as (db, actor):
        found = search(db, actor, typed)
        can = frozenset(right for right in Permission if actor.may(right))
        plan = actor.may(Permission.ACTIONS_READ)
        beyond_public = actor.may(Permission.REPORT_CARDS_READ) or actor.may(
            Permission.REPORT_CARDS_READ_LINKED
        )
    if found is None:
        return
    if not found:
        show(
            "empty.html", title="Nothing found", icon="search",
            words="Try fewer words, or only the beginning of a word.",
        )  # fmt: skip
        return
    if beyond_public and found[0].kind is FoundKind.WORDS and not for_own_eyes():
        found = tuple(one for one in found if one.kind is not FoundKind.WORDS)
        if not found:
            return
    words = tuple(one for one in found if one.kind is FoundKind.WORDS)
    groups = [group(one, plan=plan) for one in found]
    show("found.html", summary=summary(found), groups=groups[: len(words)])
    for one in words:
        worried(one, can)
    if groups[len(words) :]:
        show("found.html", summary="", groups=groups[len(words) :])
    download("search", "what was found", search=typed)


def worried(found: Found, can: frozenset[Permission]) -> None:
    """Offer what a reader may do about each of the words that are shown above."""
    if Permission.ENTRIES_WORRY not in can:
        return
    with st.expander("Worried about words above?"):
        for hit in found.hits:
            if hit.entry_id is not None:
                show("own_words.html", words=hit.detail)
                worry(hit.entry_id, can)


def summary(found: tuple[Found, ...]) -> str:
    """Return how much was found, as one sentence."""
    number = sum(len(one.hits) for one in found)
    if any(one.more for one in found):
        return f"{number} shown. Where there are more than {MOST_FOUND}, add a word."
    return "1 found." if number == 1 else f"{number} found."


def group(found: Found, *, plan: bool) -> dict[str, object]:
    """Return what was found of a kind for the template."""
    return {
        "kind": found.kind.value,
        "title": found.kind.words,
        "count": len(found.hits),
        "more": f"These are the first {MOST_FOUND}. Add a word to find fewer." * found.more,
        "rows": [row(hit, plan=plan) for hit in found.hits],
    }


def row(hit: Hit, *, plan: bool) -> dict[str, object]:
    """Return a row; a theme opens its report cards for those who do not read the plan."""
    address = ADDRESSES[hit.kind]
    if hit.kind is FoundKind.THEME and not plan:
        address = "/report_cards?theme={}"
    return {
        "title": hit.title,
        "detail": hit.detail,
        "own_words": hit.kind is FoundKind.WORDS,
        "href": address.format(hit.id),
    }


open_page("Search", Permission.SEARCH_READ)
typed = box()
if typed:
    results(typed)
show_help()
