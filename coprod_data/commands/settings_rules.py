"""What a host for notices must be before it is kept."""

import uuid
from dataclasses import replace

from coprod_data.permissions import Invalid
from coprod_data.rules.addresses import email_address, host_name
from coprod_data.rules.texts import optional_text
from coprod_data.scopes.notices import NoticeHost, NotifyHost
from coprod_data.vocabulary.notices import Safety

LAST_PORT = 65_535


def checked_host(host: NoticeHost) -> NoticeHost:
    """Return a host as it is kept; no password goes over an open connection. Raises Invalid."""
    if isinstance(host, NotifyHost):
        try:
            return NotifyHost(template_id=str(uuid.UUID(host.template_id.strip())))
        except ValueError:
            raise Invalid(
                "Copy the template ID from GOV.UK Notify; it has 36 characters.",
                field="template_id",
            ) from None
    if not 1 <= host.port <= LAST_PORT:
        raise Invalid(f"Give a port from 1 to {LAST_PORT:,}, for example 587.", field="port")
    user = " ".join(optional_text(host.user, "user", 200).split())
    if user and host.safety is Safety.NONE:
        raise Invalid("Signing in to a mail server needs STARTTLS or TLS.", field="safety")
    return replace(
        host,
        host=host_name(host.host, "host"),
        sender=email_address(host.sender, "sender"),
        user=user,
    )
