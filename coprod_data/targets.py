"""The council's settings as code reads them: stored value, else the default given here.

Stands above the tables and below queries and commands, so that both read the same figures.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Setting
from coprod_data.vocabulary import SettingKey

DEFAULTS: dict[SettingKey, Any] = {
    SettingKey.COUNCIL_NAME: "",
    SettingKey.BOARD_LABEL: "Corporate Parenting Board",
    SettingKey.PROMISE_LABEL: "The Promise",
    SettingKey.DUTY_LEAD: "",
    SettingKey.DUTY_DEPUTY: "",
    SettingKey.DUTY_HOURS: "",
    SettingKey.DUTY_PHONE: "",
    SettingKey.DUTY_OUT_OF_HOURS: "",
    SettingKey.NEXT_MEETING: None,
    SettingKey.NEXT_MEETING_THEME: None,
    SettingKey.PINNED_ENTRIES: [],
    SettingKey.IDLE_MINUTES: 30,
    SettingKey.SHARE_LIMIT: 60,
    SettingKey.READ_WORKING_DAYS: 1,
    SettingKey.READ_FLAGGED_HOURS: 4,
    SettingKey.OPPORTUNITY_TIERS: [14, 28, 56],
    SettingKey.INVITATION_DAYS: 21,
    SettingKey.DRIFT_AMBER_DAYS: 30,
    SettingKey.DRIFT_RED_DAYS: 60,
}


# Built once: every page asks several times.
_STORED = sa.select(Setting.key, Setting.value).where(
    Setting.key.in_(sa.bindparam("keys", expanding=True))
)


def setting(db: Session, key: SettingKey) -> Any:
    """Return one setting."""
    return settings(db, key)[key]


def settings(db: Session, *keys: SettingKey) -> dict[SettingKey, Any]:
    """Return these settings in one statement."""
    rows = db.execute(_STORED, {"keys": keys})
    stored = {row.key: row.value for row in rows}
    return {key: stored.get(key, DEFAULTS.get(key)) for key in keys}
