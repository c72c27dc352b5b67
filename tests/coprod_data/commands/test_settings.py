"""Settings: who may change which, what is refused, and the mode, which never changes."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.settings import change_setting, settle_mode
from coprod_data.models import CardEntry, Event, EventText, ReportCard
from coprod_data.permissions import Invalid, NotAllowed, Role
from coprod_data.queries.settings import duty, every_setting, labels, pinned_words, share_limit
from coprod_data.scopes.settings import setting
from coprod_data.vocabulary.entries import ConsentUse
from coprod_data.vocabulary.events import EventKind
from coprod_data.vocabulary.settings import DUTY, Mode, SettingKey
from tests.helpers.builders import (
    NOW,
    an_entry,
    somebody,
    the_public,
    the_system,
    unrecorded,
)

K = SettingKey
OTHERS = [R for R in Role if R is not Role.ADMINISTRATOR]


def a_public_entry(db: Session, card: ReportCard) -> CardEntry:
    return an_entry(db, card, released=True, consents=[*ConsentUse])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (K.COUNCIL_NAME, "Westmarch"),
        (K.IDLE_MINUTES, 15),
        (K.READ_WORKING_DAYS, 2),
        (K.OPPORTUNITY_TIERS, [7, 14, 21]),
    ],
)
def test_an_administrator_changes_it_and_the_log_tells(db: Session, key: SettingKey, value: Any):
    change_setting(db, somebody(db, Role.ADMINISTRATOR), key, value)

    kept = value.isoformat() if isinstance(value, date) else value
    assert setting(db, key) == kept
    told = db.scalars(sa.select(Event).where(Event.kind == EventKind.SETTING_CHANGED)).all()
    assert [event.changes["setting"] for event in told] == [key.value]


def test_the_same_value_again_is_no_event(db: Session):
    administrator = somebody(db, Role.ADMINISTRATOR)
    for _ in range(2):
        change_setting(db, administrator, K.COUNCIL_NAME, "Westmarch")
    assert db.scalar(sa.select(sa.func.count()).select_from(Event)) == 1


@pytest.mark.parametrize("key", [K.IDLE_MINUTES, K.OPPORTUNITY_TIERS, K.PROMISE_LABEL])
def test_what_stands_there_unasked_is_no_event_when_it_is_saved(db: Session, key: SettingKey):
    change_setting(db, somebody(db, Role.ADMINISTRATOR), key, setting(db, key))

    assert db.scalar(sa.select(sa.func.count()).select_from(Event)) == 0


def test_what_stood_there_before_stays_in_the_log(db: Session):
    administrator = somebody(db, Role.ADMINISTRATOR)
    change_setting(db, administrator, K.COUNCIL_NAME, "Westmarch")
    change_setting(db, administrator, K.COUNCIL_NAME, "Eastmarch")
    assert db.scalars(sa.select(EventText.text).order_by(EventText.id)).all() == [
        "Westmarch",
        "Eastmarch",
    ]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_changes_the_councils_words_or_limits(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        change_setting(db, somebody(db, role), K.COUNCIL_NAME, "Mine")
    with pytest.raises(NotAllowed):
        change_setting(db, somebody(db, role), K.SHARE_LIMIT, 500)


@pytest.mark.parametrize("key", DUTY)
def test_a_piece_of_the_duty_rota_is_never_changed_apart_from_the_rest(
    db: Session, key: SettingKey
):
    for role in (Role.ADMINISTRATOR, Role.SAFEGUARDING):
        with pytest.raises(NotAllowed):
            change_setting(db, somebody(db, role), key, "01632 960002")


def test_the_pins_are_the_chairs_alone(db: Session, card: ReportCard):
    entry = a_public_entry(db, card)
    with pytest.raises(NotAllowed):
        change_setting(db, somebody(db, Role.ADMINISTRATOR), K.PINNED_ENTRIES, [entry.id])
    chair = somebody(db, Role.CHAIR)
    change_setting(db, chair, K.PINNED_ENTRIES, [entry.id, entry.id])

    assert pinned_words(db, chair) == (entry.id,)
    change_setting(db, chair, K.PINNED_ENTRIES, [])
    assert pinned_words(db, chair) == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (K.IDLE_MINUTES, 4),
        (K.IDLE_MINUTES, 121),
        (K.IDLE_MINUTES, "30"),
        (K.SHARE_LIMIT, 4),
        (K.INVITATION_DAYS, 0),
        (K.OPPORTUNITY_TIERS, [28, 14, 56]),
        (K.OPPORTUNITY_TIERS, [14, 14, 56]),
        (K.OPPORTUNITY_TIERS, [14, 28]),
        (K.OPPORTUNITY_TIERS, [0, 14, 28]),
        (K.COUNCIL_NAME, "x" * 201),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(db: Session, key: SettingKey, value: Any):
    before = setting(db, key)
    with pytest.raises(Invalid) as refused:
        change_setting(db, somebody(db, Role.ADMINISTRATOR), key, value)
    assert refused.value.field == key.value
    assert setting(db, key) == before


def test_words_are_pinned_five_at_most(db: Session, card: ReportCard):
    six = [a_public_entry(db, card).id for _ in range(6)]
    chair = somebody(db, Role.CHAIR)

    with pytest.raises(Invalid, match="at most 5"):
        change_setting(db, chair, K.PINNED_ENTRIES, six)
    change_setting(db, chair, K.PINNED_ENTRIES, six[1:])

    assert pinned_words(db, chair) == tuple(six[1:])


def test_only_words_that_may_be_shown_in_public_are_pinned(db: Session, card: ReportCard):
    entry = a_public_entry(db, card)
    with unrecorded(db):
        entry.withdrawn_at = NOW

    for number in (entry.id, 4711):
        with pytest.raises(Invalid, match="cannot be shown") as refused:
            change_setting(db, somebody(db, Role.CHAIR), K.PINNED_ENTRIES, [number])
        assert refused.value.field == "pinned_entries"


def test_what_a_database_is_for_is_settled_once(db: Session):
    settle_mode(db, the_system(), Mode.LIVE)
    settle_mode(db, the_system(), Mode.LIVE)
    with pytest.raises(NotAllowed, match="live database and always will be"):
        settle_mode(db, the_system(), Mode.DEMO)
    with pytest.raises(NotAllowed):
        change_setting(db, somebody(db, Role.ADMINISTRATOR), K.MODE, "demo")
    assert labels(db, the_public()).mode is Mode.LIVE


def test_sentences_use_the_labels_that_were_read_last(db: Session):
    change_setting(
        db, somebody(db, Role.ADMINISTRATOR), K.BOARD_LABEL, "Corporate  Parenting Panel"
    )
    change_setting(db, somebody(db, Role.ADMINISTRATOR), K.PROMISE_LABEL, "Our Pledge")

    assert labels(db, the_public()).board == "Corporate Parenting Panel"
    assert Role.BOARD_MEMBER.words == "Panel member"
    assert EventKind.PROMISE_ADOPTED.words == "recorded that Our Pledge was adopted"


@pytest.mark.parametrize("key", [K.BOARD_LABEL, K.PROMISE_LABEL])
def test_a_label_holds_no_markup(db: Session, key: SettingKey):
    with pytest.raises(Invalid, match="letters, numbers, spaces") as refused:
        change_setting(db, somebody(db, Role.ADMINISTRATOR), key, "Our **Panel**")
    assert refused.value.field == key


def test_an_untouched_council_reads_its_defaults(db: Session):
    assert not duty(db, the_public()).takes_words
    assert labels(db, the_public()).board == "Corporate Parenting Board"
    assert share_limit(db, the_public()) == 60
    assert every_setting(db, somebody(db, Role.ADMINISTRATOR))[K.OPPORTUNITY_TIERS] == (14, 28, 56)
