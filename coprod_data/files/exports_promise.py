"""What fills the sheet of The Promise: its lines, by version, and who wrote each version."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from coprod_data.files.exports_filters import Filters, number
from coprod_data.permissions import Actor
from coprod_data.queries.promise import CommitmentRow, PromiseRow, ThemeRow, wording, wordings
from coprod_data.queries.promise_plan import PlanRuns, plan_authors, plan_runs
from coprod_data.rules.frameworks import framework_items

_NO_LINE = CommitmentRow(id=0, reference="", wording="", easy_wording="")


@dataclass(frozen=True)
class WordedLine:
    """A commitment in its version; a theme without any has one line, which is empty."""

    version: PromiseRow
    runs: PlanRuns | None
    groups: str
    theme: ThemeRow
    line: CommitmentRow

    @property
    def written_by(self) -> str:
        """Who wrote the version, in words; nothing where nobody has said so."""
        return self.runs.written_by.words if self.runs and self.runs.written_by else ""

    @property
    def frameworks(self) -> str:
        """The items of frameworks that the line belongs to."""
        items = framework_items()
        return "; ".join(f"{items[code].framework} {items[code].number}" for code in self.line.tags)


def promise_lines(db: Session, actor: Actor, filters: Filters) -> Iterator[WordedLine]:
    """Read each line of a version, or of every version that this reader may read."""
    asked = number(filters, "version")
    ids = [row.id for row in wordings(db, actor)] if asked is None else [asked]
    for version_id in ids:
        version = wording(db, actor, version_id)
        runs = plan_runs(db, actor, version_id)
        groups = ", ".join(plan_authors(db, actor, version_id).values())
        for theme in version.themes:
            for line in theme.commitments or (_NO_LINE,):
                yield WordedLine(version, runs, groups, theme, line)


PROMISE_COLUMNS: Mapping[str, str | Callable[[WordedLine], object]] = {
    "Version": lambda row: row.version.title,
    "Adopted on": lambda row: row.version.adopted_on,
    "Adopted by": lambda row: row.version.adopted_by,
    "Written with": lambda row: row.version.written_with,
    "Who wrote it": "written_by",
    "Groups that wrote it": "groups",
    "What shows it": lambda row: row.runs and row.runs.shown,
    "Plan from": lambda row: row.runs and row.runs.starts_on,
    "Plan until": lambda row: row.runs and row.runs.ends_on,
    "Theme": lambda row: row.theme.title,
    "Young people call it": lambda row: row.theme.young_title,
    "Commitment no.": lambda row: row.line.reference,
    "Commitment": lambda row: row.line.wording,
    "In easy words": lambda row: row.line.easy_wording,
    "Frameworks": "frameworks",
}
