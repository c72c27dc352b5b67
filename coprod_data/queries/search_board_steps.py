"""Reads of the search about the Board, its papers and offices, surveys, training, projects,
recruitment.
"""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import (
    AgendaItem,
    Course,
    Decision,
    LibraryItem,
    Measure,
    Meeting,
    Paper,
    PaperText,
    Person,
    Policy,
    PolicyPart,
    PolicyVersion,
    Post,
    Priority,
    Project,
    Recruitment,
    Service,
    SurveyFinding,
    SurveyRound,
)
from coprod_data.permissions import Actor, Permission
from coprod_data.queries.search_steps import MOST_FOUND, Hit, Read, holding
from coprod_data.rules.clocks import day_words
from coprod_data.rules.excerpts import excerpt
from coprod_data.scopes.papers import readable
from coprod_data.scopes.training import visible_to
from coprod_data.vocabulary.search import FoundKind

LIMIT = MOST_FOUND + 1


def _meetings(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    """Give meetings by their places and by what is on their agendas, each once."""
    on_it = sa.exists().where(
        AgendaItem.meeting_id == Meeting.id,
        AgendaItem.removed_at.is_(None),
        holding(words, AgendaItem.title, AgendaItem.detail, AgendaItem.paper),
    )
    here = holding(words, Meeting.place, Meeting.private_part)
    rows = db.execute(
        sa.select(Meeting.id, Meeting.meets_on, Meeting.place)
        .where(sa.or_(here, on_it))
        .order_by(Meeting.meets_on.desc())
        .limit(LIMIT)
    )
    for row in rows:
        yield Hit(FoundKind.MEETING, row.id, day_words(row.meets_on), row.place)


def _decisions(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    texts = Decision.wording, Decision.recommendation, Decision.together_with, Decision.done_words
    rows = db.execute(
        sa.select(Decision.meeting_id, Decision.wording, Meeting.meets_on, AgendaItem.private)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .where(holding(words, *texts))
        .order_by(Meeting.meets_on.desc(), Decision.id)
        .limit(LIMIT)
    )
    for row in rows:
        day = day_words(row.meets_on)
        where = f"{day}, without the public" if row.private else day
        yield Hit(FoundKind.DECISION, row.meeting_id, row.wording, where)


def _papers(db: Session, actor: Actor, words: list[str]) -> Iterator[Hit]:
    """Give papers that the reader may open, by their titles and by each of their texts."""
    in_it = sa.exists().where(PaperText.paper_id == Paper.id, holding(words, PaperText.text))
    rows = db.execute(
        sa.select(Paper.id, Paper.title, Paper.version, Meeting.meets_on)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .where(readable(actor), sa.or_(holding(words, Paper.title), in_it))
        .order_by(Meeting.meets_on.desc(), Paper.item, Paper.version.desc())
        .limit(LIMIT)
    )
    for row in rows:
        version = f", version {row.version}" if row.version > 1 else ""
        yield Hit(FoundKind.PAPER, row.id, row.title, f"{day_words(row.meets_on)}{version}")


def _findings(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    """Give what rounds found, and a round that has no results yet by what it is called."""
    indicator = sa.func.coalesce(SurveyFinding.indicator, "")
    rows = db.execute(
        sa.select(indicator, SurveyRound)
        .outerjoin(SurveyFinding, SurveyRound.id == SurveyFinding.round_id)
        .where(holding(words, indicator, SurveyRound.survey, SurveyRound.about))
        .order_by(SurveyRound.held_on.desc(), SurveyFinding.position)
        .limit(LIMIT)
    )
    for found, of in rows:
        named = f"{of.survey}, {of.held_on.year}"
        yield Hit(FoundKind.FINDING, of.id, found or named, named if found else "No results yet")


def _measures(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    rows = db.scalars(
        sa.select(Measure).where(holding(words, Measure.title)).order_by(Measure.title).limit(LIMIT)
    )
    for row in rows:
        yield Hit(FoundKind.MEASURE, row.id, row.title, row.area.words)


def _priorities(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    texts = Priority.title, Priority.why, Priority.programme, Priority.chosen_by
    rows = db.scalars(
        sa.select(Priority)
        .where(holding(words, *texts))
        .order_by(Priority.chosen_on.desc(), Priority.id)
        .limit(LIMIT)
    )
    for row in rows:
        yield Hit(FoundKind.PRIORITY, row.id, row.title, excerpt(row.why or row.chosen_by, words))


def _projects(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    one = Project
    texts = one.title, one.about, one.at_start, one.in_middle, one.at_end, one.what_changed
    rows = db.execute(
        sa.select(one.id, one.title, Service.name)
        .join(Service, Service.id == one.service_id)
        .where(holding(words, *texts, one.agreed_with, Service.name))
        .order_by(one.starts_on.desc(), one.id)
        .limit(LIMIT)
    )
    for row in rows:
        yield Hit(FoundKind.PROJECT, row.id, row.title, row.name)


def _library(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    one = LibraryItem
    rows = db.execute(
        sa.select(one.id, one.title, one.about, one.made_with)
        .where(holding(words, one.title, one.about, one.made_with))
        .order_by(one.title, one.id)
        .limit(LIMIT)
    )
    for row in rows:
        yield Hit(FoundKind.LIBRARY, row.id, row.title, excerpt(row.about or row.made_with, words))


def _recruitment(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    one = Recruitment
    rows = db.execute(
        sa.select(one.id, one.post, one.meets_on, Service.name)
        .join(Service, Service.id == one.service_id)
        .where(holding(words, one.post, one.asked, one.what_changed, one.prepared, Service.name))
        .order_by(one.meets_on.desc(), one.id)
        .limit(LIMIT)
    )
    for row in rows:
        detail = f"{row.name}, {day_words(row.meets_on)}"
        yield Hit(FoundKind.RECRUITMENT, row.id, row.post, detail)


def _policies(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    one, part = Policy, PolicyPart
    its = sa.select(part.id).join(PolicyVersion, PolicyVersion.id == part.version_id)
    said = sa.exists(
        its.where(PolicyVersion.policy_id == one.id, holding(words, part.heading, part.text))
    )
    rows = db.execute(
        sa.select(one.id, one.title, one.purpose)
        .where(sa.or_(holding(words, one.title, one.purpose, one.definitions), said))
        .order_by(one.title, one.id)
        .limit(LIMIT)
    )
    for row in rows:
        yield Hit(FoundKind.POLICY, row.id, row.title, excerpt(row.purpose, words))


def _posts(db: Session, _actor: Actor, words: list[str]) -> Iterator[Hit]:
    name = sa.func.coalesce(Person.name, Post.name)
    rows = db.execute(
        sa.select(Post, name.label("name"))
        .outerjoin(Person, Person.id == Post.person_id)
        .where(holding(words, name, Post.title))
        .order_by(Post.ended_on.is_not(None), Post.began_on.desc(), Post.id)
        .limit(LIMIT)
    )
    for post, holder in rows:
        until = f" until {day_words(post.ended_on)}" if post.ended_on else ""
        yield Hit(FoundKind.POST, post.id, holder, f"{post.title or post.office.words}{until}")


def _courses(db: Session, actor: Actor, words: list[str]) -> Iterator[Hit]:
    rows = db.scalars(
        sa.select(Course)
        .where(holding(words, Course.title, Course.aims), visible_to(actor))
        .order_by(Course.title)
        .limit(LIMIT)
    )
    for row in rows:
        yield Hit(FoundKind.COURSE, row.id, row.title, excerpt(row.aims, words))


MEETINGS_AND_SURVEYS: Mapping[FoundKind, tuple[tuple[Permission, ...], Read]] = {
    FoundKind.COURSE: ((Permission.TRAINING_READ,), _courses),
    FoundKind.MEETING: ((Permission.MEETINGS_READ,), _meetings),
    FoundKind.DECISION: ((Permission.MEETINGS_READ,), _decisions),
    FoundKind.PAPER: ((Permission.PAPERS_READ,), _papers),
    FoundKind.FINDING: ((Permission.SURVEYS_READ,), _findings),
    FoundKind.MEASURE: ((Permission.FIGURES_READ,), _measures),
    FoundKind.PRIORITY: ((Permission.SURVEYS_READ,), _priorities),
    FoundKind.PROJECT: ((Permission.PROJECTS_READ,), _projects),
    FoundKind.RECRUITMENT: ((Permission.RECRUITMENT_READ,), _recruitment),
    FoundKind.POLICY: ((Permission.POLICIES_READ,), _policies),
    FoundKind.LIBRARY: ((Permission.LIBRARY_READ,), _library),
    FoundKind.POST: ((Permission.POSTS_READ,), _posts),
}
