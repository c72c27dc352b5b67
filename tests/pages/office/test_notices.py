"""Notices on screen: how they are sent, a test to oneself, and work e-mail addresses."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.people_details import change_work_email
from coprod_data.commands.settings import change_notice_host
from coprod_data.jobs import send_notices
from coprod_data.models import Notice, Person, Setting
from coprod_data.permissions import NotAllowed, Role
from coprod_data.queries.notices import notices_state
from coprod_data.scopes.notices import NotifyHost
from coprod_data.store.actors import Played
from coprod_data.store.database import Database
from coprod_data.vocabulary.notices import HostKind, NoticeFault, NoticeKind, Safety
from coprod_data.vocabulary.settings import SettingKey
from tests.helpers.builders import NOW, add_all, unrecorded
from tests.helpers.mail_server import MailServer
from tests.helpers.notices import SITE
from tests.helpers.opening import OpenAs, heading, words
from tests.helpers.sitting import press

Add = Callable[..., str]

pytestmark = pytest.mark.usefixtures("add")
SETTINGS, PEOPLE = "office/settings.py", "office/people.py"


def id_of(council: Database, username: str) -> int:
    with Session(council.engine) as db:
        return db.scalars(sa.select(Person.id).where(Person.username == username)).one()


def address_of(council: Database, username: str) -> str | None:
    with Session(council.engine) as db:
        return db.get_one(Person, id_of(council, username)).work_email


def with_host(council: Database, host: NotifyHost) -> None:
    with council.writing(Played("ada", NOW)) as (db, actor):
        change_notice_host(db, actor, host, address=SITE)


def test_an_administrator_names_a_mail_server_and_sends_themselves_a_test(
    empty_council: Database, open_as: OpenAs
) -> None:
    with MailServer() as server:
        at = open_as("ada", SETTINGS)
        assert "Send me a test" not in [button.label for button in at.button]
        at = at.selectbox(key="notice-kind").select(HostKind.SMTP).run()
        at.text_input(key="notice-site").set_value(SITE)
        at.text_input(key="notice-host").set_value("127.0.0.1")
        at.selectbox(key="notice-safety").select(Safety.NONE)
        at.number_input(key="notice-port").set_value(server.port)
        at.text_input(key="notice-sender").set_value("together@westmarch.gov.uk")
        at = press(at, "Save how notices are sent")
        assert "first add your own work e-mail on My work" in words(at)

        at = open_as("ada", "board/my_work.py")
        at.text_input(key="my-work_email").set_value("ada@westmarch.gov.uk")
        at = press(at, "Save my work e-mail")
        assert "Your work e-mail is saved." in words(at)

        at = press(open_as("ada", SETTINGS), "Send me a test")
        assert "Your test is on its way." in words(at)
        assert server.received == [], "a press sends nothing"
        assert send_notices(empty_council) == 1
        assert server.received[0]["Subject"] == "Together: this is a test"
    assert "Your test was sent: 4 March 2026, 10:00." in words(open_as("ada", SETTINGS))


def test_what_is_refused_stays_as_it_was_typed(empty_council: Database, open_as: OpenAs) -> None:
    at = open_as("ada", SETTINGS).selectbox(key="notice-kind").select(HostKind.NOTIFY).run()
    at.text_input(key="notice-site").set_value("http://together.westmarch.gov.uk")
    at.text_input(key="notice-template").set_value("f33517ff-2a88-4f6e-b855-c550268ce08a")
    at = press(at, "Save how notices are sent")

    assert "Write the address of this site" in words(at)
    assert at.text_input(key="notice-site").value == "http://together.westmarch.gov.uk"
    with empty_council.reading(Played("ada", NOW)) as (db, actor):
        assert notices_state(db, actor).host is None


def test_the_page_says_that_the_key_is_missing_whom_none_reach_and_what_failed(
    empty_council: Database, add: Add, open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COPROD_NOTICE_SECRET", raising=False)
    add("yv", Role.YOUTH_VOICE)
    with_host(empty_council, NotifyHost(template_id="f33517ff-2a88-4f6e-b855-c550268ce08a"))
    with Session(empty_council.engine) as db:
        db.add(Notice(
            person_id=id_of(empty_council, "yv"), kind=NoticeKind.URGENT, due_at=None,
            made_at=NOW - timedelta(days=1), tries=7, failed=NoticeFault.NO_ANSWER,
        ))  # fmt: skip
        db.commit()

    said = words(open_as("ada", SETTINGS))

    assert "The server does not have the password or the key" in said
    assert "No work e-mail yet: Yv." in said
    assert "Yv: Something urgent is waiting" in said
    assert "The host did not answer" in said
    at = open_as("yv", "board/my_work.py")
    assert "We could not send you a notice" in words(at)
    assert "You get no notices" in [box.label for box in at.expander]


def test_safeguarding_does_not_name_the_host(add: Add, open_as: OpenAs) -> None:
    at = open_as(add("lead", Role.SAFEGUARDING), SETTINGS)
    assert heading(at) == "Settings"
    assert "Notices to staff" not in words(at)


def test_opening_my_work_is_kept(empty_council: Database, add: Add, open_as: OpenAs) -> None:
    add("yv", Role.YOUTH_VOICE)
    with Session(empty_council.engine) as db:
        db.add(Notice(
            person_id=id_of(empty_council, "yv"), kind=NoticeKind.URGENT, due_at=NOW, made_at=NOW
        ))  # fmt: skip
        db.commit()

    assert heading(open_as("yv", "board/my_work.py")) == "Nothing is waiting for you."

    with Session(empty_council.engine) as db:
        assert db.scalars(sa.select(Notice.seen_at)).all() == [NOW]


def test_an_administrator_sets_an_address_for_staff_and_never_for_a_young_person(
    empty_council: Database, add: Add, open_as: OpenAs
) -> None:
    add("cleo", Role.MANAGER)
    add("kim", Role.YOUNG_PERSON)
    who = id_of(empty_council, "cleo")
    at = open_as("ada", PEOPLE, id=str(who))
    at.text_input(key=f"email-{who}-work_email").set_value("cleo at home")
    at = press(at, "Save this work e-mail")
    assert "Write one e-mail address" in words(at)
    at.text_input(key=f"email-{who}-work_email").set_value("cleo@westmarch.gov.uk")
    at = press(at, "Save this work e-mail")
    assert address_of(empty_council, "cleo") == "cleo@westmarch.gov.uk"

    young = id_of(empty_council, "kim")
    at = open_as("ada", PEOPLE, id=str(young))
    assert "Kim" in words(at)
    assert not [box for box in at.text_input if str(box.key).startswith("email-")]
    never = pytest.raises(NotAllowed, match="never has a work e-mail")
    with never, empty_council.writing(Played("ada", NOW)) as (db, actor):
        change_work_email(db, actor, young, "kim@westmarch.gov.uk")


def test_settings_say_whether_the_lado_is_told_and_how_far_the_last_notice_is(
    empty_council: Database, open_as: OpenAs
) -> None:
    assert "LADO gets no notice" not in words(open_as("ada", SETTINGS)), "none are sent at all"
    with_host(empty_council, NotifyHost(template_id="f33517ff-2a88-4f6e-b855-c550268ce08a"))
    assert "The LADO gets no notice" in words(open_as("ada", SETTINGS))

    with Session(empty_council.engine) as db:
        address = Setting(key=SettingKey.DUTY_LADO_EMAIL, value="nora@a.example", changed_at=NOW)
        notice = Notice(kind=NoticeKind.LADO, made_at=NOW, due_at=NOW)
        add_all(db, [address, notice])
        db.commit()
        number = notice.id
    shown = words(open_as("ada", SETTINGS))
    assert "one goes to the LADO: nora@a.example." in shown
    assert "One is on its way." in shown

    def settle(**said: object) -> str:
        with Session(empty_council.engine) as db:
            kept = db.get_one(Notice, number)
            with unrecorded(db):
                for name, value in {"due_at": None, **said}.items():
                    setattr(kept, name, value)
            db.commit()
        return words(open_as("ada", SETTINGS))

    assert "LADO: Please ring the council" in settle(failed=NoticeFault.NO_ANSWER)
    assert "The last was sent: 4 March 2026, 10:00." in settle(failed=None, sent_at=NOW)
