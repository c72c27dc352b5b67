"""Overview: a young person's words first, then what is waiting, then what was kept."""

from coprod_data.permissions import Permission
from coprod_data.queries.entries_released import words_to_pin
from pages.board.overview_answer import TITLE, answer
from pages.board.overview_meeting import opening_words_form
from pages.board.overview_then import HERE, show_overview_then, title
from pages.parts.faults import refusals
from pages.parts.frame import open_page
from pages.parts.html import draw
from pages.parts.sign_in import reading
from pages.shared.as_at import how_it_was

then = how_it_was()
open_page(
    title(then) if then else TITLE,
    Permission.OVERVIEW_READ,
    back=("Back to the Overview", HERE) if then else None,
)
if then:
    show_overview_then(then)
else:
    with refusals(stop=True), reading() as (db, actor):
        said = answer(db, actor, {})
        is_chair = actor.may(Permission.OVERVIEW_PIN)
        to_pin = words_to_pin(db, actor) if is_chair else []
    if said:
        draw(*said.blocks)
    if said and is_chair:
        opening_words_form(said.pinned, to_pin)
