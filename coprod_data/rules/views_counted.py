"""Which faces are shown after a month: those that enough young people gave, and no others.

No two shown faces, of one month or of two, differ by what fewer than five people said or took back.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from coprod_data.rules.small_numbers import SMALLEST
from coprod_data.rules.views_gap import most_say
from coprod_data.vocabulary.actions import Face, ViewOf

Subject = tuple[ViewOf, int]
Seal = Callable[[str], str]


class Said(NamedTuple):
    """One view: `who` is the same for all that one person gave."""

    who: str
    action_id: int
    face: Face
    on: date


class Shown(NamedTuple):
    """A face that may be shown; views given before `counted_to` are in it.

    `voices` are those who are in it, each with what they said, both sealed.
    """

    face: Face
    counted_to: date
    voices: frozenset[tuple[str, str]]


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
    before: Mapping[Subject, Shown],
    *,
    until: date,
    seal: Seal = str,
) -> dict[Subject, Shown]:
    """Return the faces to show for all that was said before `until`, oldest view first.

    `above` gives the commitment and the theme of each action that counts; `before` are the faces
    that are shown now. A face needs five people. A wider one needs five who are not in a narrower
    one, or nobody; otherwise the difference between the two would tell what the others said. One
    that is shown stays as it is until five people say something else than what is in it, are new or
    have taken theirs back, so that nobody can watch a single view come or go at the turn of a
    month; it is not shown while fewer than five of those in it are left. It gives way to a narrower
    face that is new. `seal` hides who they are.
    """
    heard = [one for one in said if one.on < until and one.action_id in above]
    shown: dict[Subject, Shown] = {}
    covered: set[int] = set()
    fresh: set[int] = set()  # in a narrower face that was not shown before
    for place, of in enumerate(ViewOf):
        about: defaultdict[int, list[Said]] = defaultdict(list)
        for one in heard:
            about[(one.action_id, *above[one.action_id])[place]].append(one)
        newly: set[int] = set()
        for key, views in about.items():
            now = partial(_voices, f"{of.value} {key}", seal=seal)
            last = before.get((of, key))
            if last is not None and not _moved(last.voices, now(views)):
                actions = {one.action_id for one in views}
                left = last.voices & now([one for one in views if one.on < last.counted_to])
                if len(left) >= SMALLEST and (not fresh & actions or _apart_enough(views, covered)):
                    shown[of, key] = last
                    newly |= actions
            elif _enough(views, covered) and (face := _face(views)):
                shown[of, key] = Shown(face, until, now(views))
                newly |= {one.action_id for one in views}
                if last is None:
                    fresh |= {one.action_id for one in views}
        covered |= newly
    return shown


def voices_before(
    subject: Subject,
    said: Iterable[Said],
    above: Mapping[int, tuple[int, int]],
    *,
    until: date,
    seal: Seal = str,
) -> frozenset[tuple[str, str]]:
    """Return who is in a face that was counted up to a day, as far as their views are still there.

    For a face that an older release showed, which did not keep them.
    """
    of, key = subject
    place = list(ViewOf).index(of)
    about = [
        one
        for one in said
        if one.on < until
        and one.action_id in above
        and (one.action_id, *above[one.action_id])[place] == key
    ]
    return _voices(f"{of.value} {key}", about, seal=seal)


def _voices(subject: str, views: Iterable[Said], *, seal: Seal) -> frozenset[tuple[str, str]]:
    newest = {(one.who, one.action_id): one.face for one in views}
    says: defaultdict[str, list[str]] = defaultdict(list)
    for (who, action_id), face in sorted(newest.items()):
        says[who].append(f"{action_id} {face.value}")
    return frozenset(
        (seal(f"{subject}, {who}"), seal(f"{subject}, {who}: {', '.join(said)}"))
        for who, said in says.items()
    )


def _moved(last: frozenset[tuple[str, str]], now: frozenset[tuple[str, str]]) -> bool:
    """Say whether five people are new, gone, or say something else."""
    return len({who for who, _ in last ^ now}) >= SMALLEST


def _enough(counted: Iterable[Said], covered: Collection[int]) -> bool:
    return len({one.who for one in counted}) >= SMALLEST and _apart_enough(counted, covered)


def _apart_enough(counted: Iterable[Said], covered: Collection[int]) -> bool:
    apart = {one.who for one in counted if one.action_id not in covered}
    return not 0 < len(apart) < SMALLEST


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
