"""Forms of the library, as two people have them open."""

import random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.library import change_library_item, relate_items
from coprod_data.models import LibraryItem, LibraryTie
from coprod_data.permissions import Role
from coprod_data.rules.library import LibraryPlan
from coprod_data.scopes.library import tied_to
from coprod_data.vocabulary.library import Completeness
from tests.helpers.builders import somebody
from tests.helpers.library import an_item
from tests.helpers.two_tabs import Open, Values, of_row, word

FLAGS = ("managers", "young")


def something_kept(db: Session) -> Open:
    keeper = somebody(db, Role.YOUTH_VOICE)
    row = db.get_one(LibraryItem, an_item(db, keeper))
    names = ("title", "about", "made_with", "complete", *FLAGS)

    def vary(chance: random.Random, name: str) -> Any:
        if name in FLAGS:
            return chance.random() < 0.5
        return chance.choice([*Completeness]) if name == "complete" else word(chance, name)

    def save(typed: Values, opened: Values) -> None:
        plan = LibraryPlan(**{**LibraryPlan.of(row).values, **typed})
        change_library_item(db, keeper, row.id, plan=plan, opened=opened)

    return Open(of_row(row, *names), save, vary, names)


def related_ones(db: Session) -> Open:
    keeper = somebody(db, Role.YOUTH_VOICE)
    number, *others = (an_item(db, keeper, title=f"Item {one}") for one in range(5))

    def read() -> Values:
        ties = db.scalars(sa.select(LibraryTie).where(tied_to(number)))
        pairs = {one for tie in ties for one in (tie.item_id, tie.other_id)}
        return {"others": frozenset(pairs - {number})}

    def save(typed: Values, opened: Values) -> None:
        relate_items(db, keeper, number, others=typed["others"], opened=opened["others"])

    def vary(chance: random.Random, _name: str) -> Any:
        return frozenset(one for one in others if chance.random() < 0.5)

    return Open(read, save, vary, ("others",), sets=frozenset({"others"}))
