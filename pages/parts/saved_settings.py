"""Saving several settings with one press."""

from collections.abc import Mapping
from typing import Any

from coprod_data.commands.settings import change_setting
from coprod_data.vocabulary.settings import SettingKey
from pages.parts.forms import saving


def save_settings(typed: Mapping[SettingKey, Any], saved: str) -> None:
    """Save settings together, all or none, and say so at the top of the page."""
    with saving(saved) as (db, actor):
        for key, value in typed.items():
            change_setting(db, actor, key, value)
