"""The council's settings as code reads them: the stored value, else the default.

It is above the tables and below queries and commands, so that both read the same figures.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coprod_data.models import Setting
from coprod_data.vocabulary.settings import SettingKey

# Built once, because every page asks several times.
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
    return {key: stored.get(key, key.default) for key in keys}
