"""Which commitments of the plan somebody chose to see, on screen and in its sheet alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from coprod_data.queries.actions_progress import CommitmentProgress
from coprod_data.vocabulary.actions import CommitmentState, Only


@dataclass(frozen=True)
class Chosen:
    """Only commitments that are all of this are shown; what is None chooses nothing."""

    theme: int | None = None
    service: int | None = None
    owner: int | None = None
    state: CommitmentState | None = None
    only: Only | None = None

    def passing(self, rows: Sequence[CommitmentProgress]) -> list[CommitmentProgress]:
        """Return the commitments that pass."""
        return [row for row in rows if self._passes(row)]

    def _passes(self, row: CommitmentProgress) -> bool:
        only = {Only.LATE: row.late or row.late_steps, Only.GAP: row.gap, Only.MINE: row.mine}
        return (
            self.theme in (None, row.theme_id)
            and (self.service is None or self.service in row.service_ids)
            and (self.owner is None or self.owner in row.owners)
            and self.state in (None, row.state)
            and (self.only is None or bool(only[self.only]))
        )
