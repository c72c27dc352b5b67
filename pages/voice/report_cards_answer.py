"""What the gallery of report cards says at once: its filters, and one page of cards."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.entries_released import Words, search_words
from coprod_data.queries.report_cards import (
    CardPage,
    ThemeCards,
    cards_counted,
    cards_per_theme,
    report_cards,
)
from coprod_data.queries.report_cards_rows import CardDetail
from coprod_data.vocabulary.report_cards import CardProgress, CardsListed
from pages.parts.address import number_in
from pages.parts.answers import Address, Answer
from pages.parts.html import render
from pages.shared.lists import Choice, address, choice
from pages.shared.themes import theme_named
from pages.voice.report_cards_rows import card

TITLE, HERE = "Report cards", "/report_cards"
SHOWN_MATCHES = 12
MORE_THAN_PUBLIC = frozenset({Permission.REPORT_CARDS_READ, Permission.REPORT_CARDS_READ_LINKED})


@dataclass(frozen=True)
class Chosen:
    """What the address chooses: a theme, a stage, and a list that a number elsewhere opens."""

    theme_id: int | None = None
    state: CardProgress | None = None
    cards: CardsListed | None = None

    def href(self, **also: object) -> str:
        """Return the address of the gallery with this chosen, and with what is named."""
        named = {"theme": self.theme_id, "state": self.state, "show": self.cards}
        return address(HERE, **(named | also))


@dataclass(frozen=True)
class Gallery(Answer):
    """The answer, and what the page needs beside it; the search box is in the block `filters`.

    Before the first card there is no such block. `matching` are words that the search found.
    """

    above: tuple[Markup, ...] = ()
    filters: Markup | None = None
    below: tuple[Markup, ...] = ()
    at: Chosen = Chosen()
    found: CardPage | None = None
    matching: tuple[Words, ...] = ()


def answer(db: Any, actor: Actor, named: Address) -> Gallery | None:
    """Return the page of cards that an address chooses; None where it names one card."""
    return None if "id" in named else gallery(db, actor, named)


def gallery(
    db: Any, actor: Actor, named: Address, *, search: str = "", words: bool = True
) -> Gallery:
    """Return the page of cards that an address chooses, of those that a search finds.

    Without `words` it is fit for a screen that others can see, who may not read every word.
    """
    can = frozenset(permission for permission in Permission if actor.may(permission))
    themes = cards_per_theme(db, actor)
    if not themes:
        return Gallery(TITLE, (render("empty.html", **no_cards_yet(can)),))
    adult = bool(can & MORE_THAN_PUBLIC)
    at = _chosen(db, actor, named, themes)
    found = report_cards(
        db,
        actor,
        theme_id=at.theme_id,
        state=at.state,
        cards=at.cards,
        search=search,
        page=number_in(named, "page") or 1 if not search else 1,
    )
    if not words:
        found = replace(found, cards=tuple(replace(row, words="") for row in found.cards))
    counted = {theme.theme_id: theme.cards for theme in themes}
    if at.state or at.cards or search:
        passing = cards_counted(db, actor, state=at.state, cards=at.cards, search=search)
        counted = {theme_id: passing.get(theme_id, 0) for theme_id in counted}
    above = [render("lede.html", words=who_wrote_them(can))]
    if words and Permission.REPORT_CARDS_READ in can:
        above.append(render("projector.html"))
    filters = render(
        "cards_filters.html",
        themes=_themes(themes, counted, at),
        filters=[{"label": "Stage", "words": _stage(at.state), "links": _stages(at)}],
    )
    below = _below(found, at, search=search, adult=adult)
    return Gallery(
        TITLE,
        (*above, filters, *below),
        beyond_public=adult and any(row.words for row in found.cards),
        above=tuple(above),
        filters=filters,
        below=tuple(below),
        at=at,
        found=found,
        matching=tuple(search_words(db, actor, search, limit=SHOWN_MATCHES))
        if search and words
        else (),
    )


def _chosen(db: Any, actor: Actor, named: Address, themes: list[ThemeCards]) -> Chosen:
    state, cards = named.get("state", ""), named.get("show", "")
    return Chosen(
        theme_named(db, actor, named, [theme.theme_id for theme in themes]),
        CardProgress(state) if state in list(CardProgress) else None,
        CardsListed(cards) if cards in list(CardsListed) else None,
    )


def _themes(themes: list[ThemeCards], counted: dict[int, int], at: Chosen) -> list[Choice]:
    every = choice(
        "All", at.href(theme=None), number=sum(counted.values()), chosen=at.theme_id is None
    )
    return [
        every,
        *(
            choice(
                theme.young_theme,
                at.href(theme=theme.theme_id),
                number=counted[theme.theme_id],
                chosen=at.theme_id == theme.theme_id,
            )
            for theme in themes
        ),
    ]


def _stage(state: CardProgress | None) -> str:
    return state.words if state else "Any stage"


def _stages(at: Chosen) -> list[Choice]:
    return [
        choice(_stage(state), at.href(state=state), chosen=state is at.state)
        for state in (None, *CardProgress)
    ]


def _below(found: CardPage, at: Chosen, *, search: str, adult: bool) -> list[Markup]:
    blocks = []
    if at.cards:
        blocks.append(render("lede.html", words=f"{at.cards.words}: {found.total}."))
        blocks.append(render("more.html", words="All cards", href=HERE))
    if not found.cards:
        return [*blocks, _none(narrowed=bool(search or at.state))]
    rows = [card(row, adult=adult) for row in found.cards]
    blocks.append(render("gallery.html", cards=rows))
    return blocks if search else [*blocks, *older_and_newer("cards", at.href, found)]


def _none(*, narrowed: bool) -> Markup:
    if narrowed:
        return render(
            "empty.html", title="No card matches", icon="search",
            words="Try fewer words, or choose All and Any stage again.",
        )  # fmt: skip
    return render(
        "empty.html", title="No cards about this yet", icon="inbox",
        words="That does not mean all is well. Ask young people what is missing.",
    )  # fmt: skip


def older_and_newer(what: str, href: Callable[..., str], at: CardPage | CardDetail) -> list[Markup]:
    """Return links to the page before and the page after."""
    blocks = []
    if at.pages > 1:
        blocks.append(render("lede.html", words=f"Page {at.page} of {at.pages}."))
    if at.page < at.pages:
        blocks.append(render("more.html", words=f"Older {what}", href=href(page=at.page + 1)))
    if at.page > 1:
        blocks.append(render("more.html", words=f"Newer {what}", href=href(page=at.page - 1)))
    return blocks


def who_wrote_them(can: frozenset[Permission]) -> str:
    """Return the sentence above the cards: a young person reads what others like them wrote."""
    if can & MORE_THAN_PUBLIC:
        return "Young people wrote these about us. Read them as they are."
    return "Other young people wrote these."


def no_cards_yet(can: frozenset[Permission]) -> dict[str, object]:
    """Return what to show a reader who has no cards yet, and what to do next."""
    words, more = "A card appears here when other young people have written.", None
    if Permission.ENTRIES_HOLD_CARD in can:
        more = ("Tell us what matters to you", "/share")
    elif Permission.ENTRIES_CHECK in can:
        words = "A card appears when you release the first words on a theme."
        more = ("Go to Checking", "/checking")
    elif Permission.REPORT_CARDS_READ in can:
        words = "The Youth Voice Team reads what young people write first. Then it appears here."
    elif Permission.REPORT_CARDS_READ_LINKED in can:
        words = "You see the cards that your actions and opportunities come from."
        more = ("Go to Opportunities", "/opportunities")
    return {"title": "No report cards yet", "words": words, "icon": "cards", "more": more}
