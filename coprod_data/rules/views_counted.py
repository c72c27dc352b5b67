"""Which faces are shown after a month: those that enough young people gave, and no others.

No two shown faces, of one month or of two, differ by what fewer than five people said.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.rules.views_gap import most_say
from coprod_data.vocabulary.actions import Face, ViewOf

Subject = tuple[ViewOf, int]


class Said(NamedTuple):
    """One view: `who` is the same for all that one person gave."""

    who: str
    action_id: int
    face: Face
    on: date


class Shown(NamedTuple):
    """A face that may be shown; views given before `counted_to` are in it."""

    face: Face
    counted_to: date


def next_month(month: date) -> date:
    """Return the first day of the month after the one in which a day lies."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(day: date) -> date:
    """Return the first day of the month that ended before the month of a day began."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def months_due(counted: date | None, first_view: date | None, today: date) -> list[date]:
    """Return the months that have ended and are not counted, oldest first.

    `counted` is the newest that is; without one, they begin with the month of the first view, or
    with last month.
    """
    this_month = today.replace(day=1)
    month = next_month(counted) if counted else (first_view or month_before(today)).replace(day=1)
    due = []
    while month < this_month:
        due.append(month)
        month = next_month(month)
    return due


def faces_shown(
    said: Sequence[Said],
    above: Mapping[int, tuple[int, int]],
    before: Mapping[Subject, date],
    *,
    until: date,
) -> dict[Subject, Shown]:
    """Return the faces to show for all that was said before `until`, oldest view first.

    `above` gives the commitment and the theme of each action that counts; `before` says up to which
    day the faces that are shown now were counted. A face needs five people. A wider one needs five
    who are not in a narrower one, or nobody; otherwise the difference between the two would tell
    what the others said. One that is shown takes new views in only when five people have given
    them, so that nobody can watch a single one arrive at the turn of a month.
    """
    heard = [one for one in said if one.on < until and one.action_id in above]
    shown: dict[Subject, Shown] = {}
    covered: set[int] = set()
    for place, of in enumerate(ViewOf):
        about: defaultdict[int, list[Said]] = defaultdict(list)
        for one in heard:
            about[(one.action_id, *above[one.action_id])[place]].append(one)
        newly: set[int] = set()
        for key, views in about.items():
            counted_to = _counted_to(views, before.get((of, key)), until)
            counted = [one for one in views if one.on < counted_to]
            if _enough(counted, covered) and (face := _face(counted)):
                shown[of, key] = Shown(face, counted_to)
                newly |= {one.action_id for one in views}
        covered |= newly
    return shown


def _counted_to(views: Iterable[Said], last: date | None, until: date) -> date:
    """Return up to which day views count: as before while fewer than five people spoke since."""
    if last is None:
        return until
    new = {one.who for one in views if one.on >= last}
    return last if len(new) < SMALLEST else until


def _enough(counted: Iterable[Said], covered: Collection[int]) -> bool:
    people = {one.who for one in counted}
    apart = {one.who for one in counted if one.action_id not in covered}
    return len(people) >= SMALLEST and not 0 < len(apart) < SMALLEST


def _face(counted: Iterable[Said]) -> Face | None:
    """Return what most people say, each counted once: their newest view of each action counts, and
    of several what they say of most of them.
    """
    newest = {(one.who, one.action_id): one.face for one in counted}
    of_each: defaultdict[str, Counter[Face]] = defaultdict(Counter)
    for (who, _), face in newest.items():
        of_each[who][face] += 1
    each = [most_say(faces) for faces in of_each.values()]
    return most_say(Counter(face for face in each if face))
