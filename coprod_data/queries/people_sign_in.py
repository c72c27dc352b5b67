"""Whether a name is locked at sign-in, for the administrator who can unlock it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import LoginAttempt, Person
from coprod_data.permissions import Actor, Permission
from coprod_data.rules.sign_in_limits import WINDOW, Try, is_locked, unforgiven
from coprod_data.store.keys import Keys


def is_sign_in_locked(db: Session, actor: Actor, person_id: int) -> bool:
    """Say whether somebody is locked out in browsers in which they did not sign in lately."""
    actor.must(Permission.PEOPLE_READ)
    keys: Keys = db.info["keys"]
    username = db.scalar(sa.select(Person.username).where(Person.id == person_id))
    rows = db.execute(
        sa.select(LoginAttempt.at, LoginAttempt.succeeded, LoginAttempt.address_hash)
        .where(
            LoginAttempt.name_hash == keys.keyed_hash("sign-in-name", username or ""),
            LoginAttempt.browser_hash == "",
            LoginAttempt.at > actor.at - 2 * WINDOW,
        )
        .order_by(LoginAttempt.at, LoginAttempt.id)
    )
    return is_locked(unforgiven(Try(*row) for row in rows), actor.at)
