"""Posts: who holds which office, from when to when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.commands.event_log import record, record_if_changed
from coprod_data.commands.rows import kept, known, locked, must_be_an_adult, must_be_as_opened
from coprod_data.models import Post
from coprod_data.permissions import Actor, Invalid, Permission, Refused
from coprod_data.rules.clocks import london_day
from coprod_data.rules.texts import optional_text, required_line
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.posts import Office


def give_post(
    db: Session,
    actor: Actor,
    *,
    office: Office,
    title: str = "",
    person_id: int | None = None,
    name: str = "",
    began_on: date | None = None,
) -> int:
    """Record who holds an office, by account or by name; a second call adds nothing. Returns the
    id of the post. Raises NotFound, Invalid.
    """
    actor.must(Permission.POSTS_WRITE)
    if person_id is None:
        name = required_line(name, "name", "Choose somebody, or write a name.", 120)
    else:
        must_be_an_adult(db, person_id, "Choose an adult: a young person holds no office.")
    title = " ".join(optional_text(title, "title", 160).split())
    who = {"person_id": person_id} if person_id is not None else {"name": name}
    if post := known(db, Post, office=office, title=title, ended_on=None, **who):
        return post.id
    post = Post(
        office=office, title=title, person_id=person_id,
        name=name if person_id is None else None, began_on=began_on or london_day(actor.at),
    )  # fmt: skip
    return kept(db, actor, EventKind.POST_GIVEN, post)


def end_post(db: Session, actor: Actor, post_id: int, *, ended_on: date | None = None) -> None:
    """Record that somebody no longer holds an office, from a day on, by default today.

    Raises NotFound, Refused, Invalid.
    """
    actor.must(Permission.POSTS_WRITE)
    post = locked(db, Post, post_id, "post")
    if post.ended_on is not None:
        raise Refused("They no longer hold this office. Reload the page.")
    last = ended_on or london_day(actor.at)
    if last < post.began_on:
        raise Invalid("It cannot end before it begins.", field="ended_on")
    post.ended_on = last
    record(db, actor, EventKind.POST_ENDED, post)


def change_post(
    db: Session,
    actor: Actor,
    post_id: int,
    *,
    title: str = "",
    name: str = "",
    began_on: date | None,
    ended_on: date | None = None,
    opened: Mapping[str, Any] | None = None,
) -> None:
    """Correct what is kept of somebody in an office. Without `ended_on` they hold it still; `name`
    is that of somebody without an account. `opened` is what the form showed.

    Raises NotFound, Invalid, ChangedMeanwhile.
    """
    actor.must(Permission.POSTS_WRITE)
    post = locked(db, Post, post_id, "post")
    if began_on is None:
        raise Invalid("Write the day since when.", field="began_on")
    if ended_on is not None and ended_on < began_on:
        raise Invalid("It cannot end before it begins.", field="ended_on")
    typed = {
        "title": " ".join(optional_text(title, "title", 160).split()),
        "name": required_line(name, "name", "Write a name.", 120) if post.name else post.name,
        "began_on": began_on,
        "ended_on": ended_on,
    }
    must_be_as_opened({field: getattr(post, field) for field in typed}, opened, typed)
    for field, value in typed.items():
        setattr(post, field, value)
    record_if_changed(db, actor, EventKind.POST_CHANGED, post)
