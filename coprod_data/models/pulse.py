"""How often each answer of the pulse was given: a tally of a term, and nobody in it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coprod_data.models.base import Base, choice
from coprod_data.vocabulary.pulse import PulseAsked, PulsePlace
from coprod_data.vocabulary.sessions import FeedbackAnswer


class PulseTally(Base, kw_only=True):
    """How often one answer to one sentence was given in a term, by the term's first day.

    Each sentence is counted by itself: nothing says which answers one person gave.
    """

    __tablename__ = "pulse_tally"

    first_on: Mapped[date] = mapped_column(primary_key=True)
    place: Mapped[PulsePlace] = mapped_column(choice(PulsePlace), primary_key=True)
    asked: Mapped[PulseAsked] = mapped_column(choice(PulseAsked), primary_key=True)
    answer: Mapped[FeedbackAnswer] = mapped_column(choice(FeedbackAnswer), primary_key=True)
    number: Mapped[int]


class PulseGiven(Base, kw_only=True):
    """That a card or a phone has answered, so that it counts once; not what, and not when."""

    __tablename__ = "pulse_given"

    form_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
