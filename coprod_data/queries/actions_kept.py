"""The Promise as a whole: what became of its commitments, and whether both sides see it alike."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from coprod_data.permissions import Actor, Permission
from coprod_data.queries.actions_progress import progress_by_theme
from coprod_data.vocabulary.actions import CommitmentState


@dataclass(frozen=True)
class Keeping:
    """How The Promise is kept: its commitments by state, milestones `met` of the `whole`, and how
    many commitments young people and staff see differently: `apart` of those that `both` rate.
    """

    states: dict[CommitmentState, int]
    met: int
    whole: int
    apart: int
    both: int

    @property
    def commitments(self) -> int:
        """How many commitments are in force."""
        return sum(self.states.values())


def how_kept(db: Session, actor: Actor) -> Keeping:
    """Return how The Promise in force is kept."""
    actor.must(Permission.ACTIONS_READ, Permission.OVERVIEW_READ)
    themes = progress_by_theme(db, actor)
    every = [one for theme in themes for one in theme.commitments]
    gaps = [one.gap for one in every if one.gap is not None]
    states = Counter(one.state for one in every)
    return Keeping(
        {state: states[state] for state in CommitmentState if states[state]},
        sum(theme.met for theme in themes),
        sum(theme.whole for theme in themes),
        sum(gap != 0 for gap in gaps),
        len(gaps),
    )
