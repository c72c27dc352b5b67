"""Posts as shown: who holds which office now, and who held it before."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Person, Post
from coprod_data.permissions import Actor, Permission
from coprod_data.vocabulary.posts import Office


@dataclass(frozen=True)
class PostRow:
    """Somebody in an office; `gone` says that their account is closed while they hold it, and
    `by_name` that they have none.
    """

    id: int
    office: Office
    title: str
    name: str
    began_on: date
    ended_on: date | None
    gone: bool
    by_name: bool


def posts(db: Session, actor: Actor) -> list[PostRow]:
    """Return every post, those held now first, by office and from when on."""
    actor.must(Permission.POSTS_READ)
    rows = db.execute(
        sa.select(Post, sa.func.coalesce(Person.name, Post.name), Person.disabled_at.is_not(None))
        .outerjoin(Person, Person.id == Post.person_id)
        .order_by(Post.ended_on.is_not(None), Post.ended_on.desc(), Post.began_on.desc(), Post.id)
    )
    found = [
        PostRow(
            id=post.id, office=post.office, title=post.title, name=name,
            began_on=post.began_on, ended_on=post.ended_on, gone=bool(gone) and not post.ended_on,
            by_name=post.person_id is None,
        )
        for post, name, gone in rows
    ]  # fmt: skip
    order = list(Office)
    now = [row for row in found if row.ended_on is None]
    before = [row for row in found if row.ended_on is not None]
    return sorted(now, key=lambda row: order.index(row.office)) + before
