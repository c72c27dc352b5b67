"""The password of the mail server, or the key of GOV.UK Notify: from the server's environment."""

import logging
import os
import stat
from pathlib import Path

from coprod_data.vocabulary.notices import SecretPlace

log = logging.getLogger("coprod_data")


def notice_secret() -> str | None:
    """Return the password or the key, or None. A file that others can read is not used."""
    if secret := os.environ.get(SecretPlace.VARIABLE, "").strip():
        return secret
    if not (name := os.environ.get(SecretPlace.FILE)):
        return None
    path = Path(name)
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            log.warning("Others can read %s, so no notice is sent with it: chmod 600.", path)
            return None
        return path.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        log.warning("%s cannot be read: %s.", path, type(error).__name__)
        return None
