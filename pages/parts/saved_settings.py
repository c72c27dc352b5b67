"""Saving several settings with one press."""

from collections.abc import Mapping
from typing import Any

from coprod_data.commands.settings import change_setting
from coprod_data.vocabulary.settings import SettingKey
from pages.parts.carried import Form


def save_settings(form: Form, typed: Mapping[SettingKey, Any], saved: str) -> None:
    """Save together, all or none, what was changed in a form, and say so at the top of the page."""
    with form.saving(saved) as (db, actor):
        for key, value in typed.items():
            change_setting(db, actor, key, value, opened=form.opened)
