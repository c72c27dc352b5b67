"""How a policy stands by its dates: in force, to be reviewed, or expired."""

from datetime import date

from coprod_data.vocabulary.policies import PolicyStanding


def standing_of(
    valid_to: date | None, review_on: date | None, today: date, *, in_force: bool
) -> PolicyStanding:
    """Return how a policy stands on a day; `in_force`: every step of its life was taken."""
    if valid_to is not None and valid_to < today:
        return PolicyStanding.EXPIRED
    if not in_force:
        return PolicyStanding.BEING_WRITTEN
    due = review_on is not None and review_on <= today
    return PolicyStanding.REVIEW_DUE if due else PolicyStanding.IN_FORCE
