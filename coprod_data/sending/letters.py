"""One notice through the host that the council has named, of either kind."""

from coprod_data.queries.notices import Letter
from coprod_data.scopes.notices import NoticeHost, NotifyHost
from coprod_data.sending.notify import send_by_notify
from coprod_data.sending.smtp import send_by_smtp
from coprod_data.vocabulary.notices import NoticeFault


def send_letter(
    host: NoticeHost, site: str, letter: Letter, secret: str | None
) -> NoticeFault | None:
    """Send a notice. Returns None once the host has taken it, else why not; never raises."""
    if isinstance(host, NotifyHost):
        return send_by_notify(host, site, letter, secret)
    return send_by_smtp(host, site, letter, secret)
