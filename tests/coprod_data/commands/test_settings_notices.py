"""The host for notices: what is kept of it, what is refused, and that no password is kept."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.commands.settings import change_notice_host, change_setting
from coprod_data.models import Event, Setting
from coprod_data.permissions import Invalid, NotAllowed, Role
from coprod_data.scopes.notices import NotifyHost, SmtpHost, notice_host
from coprod_data.vocabulary.notices import Safety
from coprod_data.vocabulary.settings import NOTICES, SettingKey
from tests.helpers.builders import somebody
from tests.helpers.notices import SITE, a_host

TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


def test_an_administrator_names_a_host_and_takes_it_away_again(db: Session):
    ada = somebody(db, Role.ADMINISTRATOR)
    assert notice_host(db) == (None, "")
    smtp = a_host(587, host="SMTP.Westmarch.gov.uk", safety=Safety.STARTTLS, user="together")

    change_notice_host(db, ada, smtp, address=f"{SITE}/")
    db.flush()
    kept, site = notice_host(db)
    assert isinstance(kept, SmtpHost)
    assert (kept.host, kept.user, kept.safety) == (
        "smtp.westmarch.gov.uk", "together", Safety.STARTTLS,
    )  # fmt: skip
    assert site == SITE
    assert db.scalar(sa.select(sa.func.count()).select_from(Event)) == 2

    change_notice_host(db, ada, NotifyHost(template_id=f" {TEMPLATE.upper()} "), address=SITE)
    db.flush()
    assert notice_host(db)[0] == NotifyHost(template_id=TEMPLATE)

    change_notice_host(db, ada, None)
    db.flush()
    assert notice_host(db) == (None, SITE)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"host": "smtp://x.uk"}, "host"),
        ({"port": 0}, "port"),
        ({"sender": "Together"}, "sender"),
        ({"user": "together", "safety": Safety.NONE}, "safety"),
    ],
)
def test_what_cannot_work_or_is_not_safe_is_refused(db: Session, said: dict[str, Any], field: str):
    ada = somebody(db, Role.ADMINISTRATOR)
    with pytest.raises(Invalid) as refused:
        change_notice_host(db, ada, a_host(**said), address=SITE)
    assert refused.value.field == field
    with pytest.raises(Invalid):
        change_notice_host(db, ada, a_host(), address="")
    with pytest.raises(Invalid):
        change_notice_host(db, ada, NotifyHost(template_id="mine"), address=SITE)
    db.rollback()


def test_there_is_no_place_for_a_password(db: Session):
    change_notice_host(db, somebody(db, Role.ADMINISTRATOR), a_host(), address=SITE)
    db.flush()
    kept = db.get_one(Setting, SettingKey.NOTICE_HOST).value
    assert set(kept) == {"kind", "host", "port", "safety", "sender", "user"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_names_a_host(db: Session, role: Role):
    with pytest.raises(NotAllowed):
        change_notice_host(db, somebody(db, role), a_host(), address=SITE)


@pytest.mark.parametrize("key", NOTICES)
def test_it_is_not_one_of_the_plain_settings(db: Session, key: SettingKey):
    with pytest.raises(NotAllowed, match="its own form"):
        change_setting(db, somebody(db, Role.ADMINISTRATOR), key, "x")
