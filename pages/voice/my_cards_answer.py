"""What My cards says at once: all cards of a young person, and when the Board meets next.

What waits for an answer comes first on the page and is a form, so the cards then come after it.
"""

from dataclasses import dataclass
from typing import Any

from coprod_data.permissions import Actor
from coprod_data.queries.audits_auditors import looks_at
from pages.parts.answers import Address, Answer
from pages.parts.html import render
from pages.parts.wording import say
from pages.shared.meetings import board_day
from pages.shared.young_card import Desk, my_desk

TITLE = "My cards"


@dataclass(frozen=True)
class MyCards(Answer):
    """The answer, and all that its page needs beside it."""

    desk: Desk = Desk()


def answer(db: Any, actor: Actor, named: Address) -> MyCards | None:
    """Return a young person's own cards; None where the address names one of them.

    Their words are theirs, so they are in no document of a screen that others may see.
    """
    if "id" in named:
        return None
    desk = my_desk(db, actor)
    looks = [one for one in looks_at(db, actor) if not one.over]
    if desk.cards:
        cards = render("my_cards.html", cards=desk.cards)
    else:
        cards = render(
            "empty.html", title=say("mine.none"), words=say("mine.none_words"), icon="cards",
            more=(say("code.send"), "/share"),
        )  # fmt: skip
    blocks = [cards]
    if looks:
        found = render("link.html", words=say("auditor.mine_words"), href="/auditor")
        blocks = [render("section.html", title=say("auditor.mine"), count=None), found, cards]
    if desk.board:
        blocks.append(
            render(
                "board_next.html",
                day=board_day(desk.board),
                theme=desk.board.young_theme,
                href="/send_card",
            )  # fmt: skip
        )
    asks = bool(desk.meetings or desk.offers or desk.outcomes)
    return MyCards(
        TITLE,
        () if asks else tuple(blocks),
        lede=say("mine.lead"),
        rest=tuple(blocks) if asks else (),
        beyond_public=bool(desk.cards),
        desk=desk,
    )
