"""The one host that the council has named for its notices, as settings hold it."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from coprod_data.scopes.settings import settings
from coprod_data.vocabulary.notices import HostKind, Safety
from coprod_data.vocabulary.settings import SettingKey


@dataclass(frozen=True, kw_only=True)
class SmtpHost:
    """A mail server. Its password is not here: the server finds it in its environment."""

    host: str
    port: int
    safety: Safety
    sender: str
    user: str = ""


@dataclass(frozen=True, kw_only=True)
class NotifyHost:
    """A template of GOV.UK Notify. Its key is not here either."""

    template_id: str


NoticeHost = SmtpHost | NotifyHost


def notice_host(db: Session) -> tuple[NoticeHost | None, str]:
    """Return the host, or None until one is named, and the address of this site."""
    stored = settings(db, SettingKey.NOTICE_HOST, SettingKey.PUBLIC_ADDRESS)
    return host_in(stored[SettingKey.NOTICE_HOST]), stored[SettingKey.PUBLIC_ADDRESS]


def host_in(value: Any) -> NoticeHost | None:
    """Return the host that a setting holds."""
    if not value:
        return None
    facts = {name: fact for name, fact in value.items() if name != "kind"}
    if HostKind(value["kind"]) is HostKind.NOTIFY:
        return NotifyHost(**facts)
    return SmtpHost(**{**facts, "safety": Safety(facts["safety"])})


def host_to_keep(host: NoticeHost | None) -> dict[str, Any] | None:
    """Return a host as a setting holds it."""
    if host is None:
        return None
    kind = HostKind.NOTIFY if isinstance(host, NotifyHost) else HostKind.SMTP
    facts = asdict(host)
    if isinstance(host, SmtpHost):
        facts["safety"] = host.safety.value
    return {"kind": kind.value, **facts}
