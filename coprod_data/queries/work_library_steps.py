"""Waits about the library: what is to be looked at again, and what nobody keeps."""

import sqlalchemy as sa

from coprod_data.models import LibraryItem, Person
from coprod_data.permissions import KEEPERS, Role
from coprod_data.queries.work_steps import DUE_BY, ME, NEVER, TODAY, Statement, wait
from coprod_data.scopes.people import holds
from coprod_data.vocabulary.library import LibraryState
from coprod_data.vocabulary.work import WorkKind


def items_to_review() -> Statement:
    """Select what this person keeps in the library and is due to be looked at again."""
    one = LibraryItem
    return (
        wait(
            WorkKind.LIBRARY_REVIEW, one.id, one.title, NEVER, late=one.review_on < TODAY,
            due_on=one.review_on,
        )
        .select_from(one)
        .where(
            one.keeper_id == ME, one.state == LibraryState.PUBLISHED, one.review_on <= DUE_BY
        )
    )  # fmt: skip


def items_without_keeper() -> Statement:
    """Select for the Youth Voice Team what is not withdrawn and whose keeper has left, or may keep
    nothing any more.
    """
    one = LibraryItem
    mine = sa.select(Person.id).where(holds(Role.YOUTH_VOICE)).correlate(None)
    return (
        wait(
            WorkKind.NO_LIBRARY_KEEPER, one.id, one.title, Person.disabled_at, who=Person.name,
            due_on=one.review_on,
        )
        .select_from(one)
        .join(Person, Person.id == one.keeper_id)
        .where(
            one.state != LibraryState.WITHDRAWN,
            sa.or_(Person.disabled_at.is_not(None), ~holds(*KEEPERS)),
            ME.in_(mine),
        )
    )  # fmt: skip
