"""Notices: what they say, through what they are sent, and why one could not be sent."""

from enum import StrEnum

from coprod_data.vocabulary.base import Worded


class NoticeKind(Worded):
    """What a notice says. It never says more than these words."""

    URGENT = "urgent", "Something urgent is waiting"
    TURN = "turn", "It is your turn"
    TEST = "test", "This is a test"
    LADO = "lado", "Please ring the council"


class NoticeFault(Worded):
    """Why the last try to send a notice failed."""

    NO_ANSWER = "no_answer", "The host did not answer"
    NOT_SECURE = "not_secure", "There was no safe connection to the host"
    NO_SECRET = "no_secret", "The server does not have the password or the key"
    NOT_SIGNED_IN = "not_signed_in", "The host did not accept the user, the password or the key"
    SENDER_REFUSED = "sender_refused", "The host did not accept the sender"
    ADDRESS_REFUSED = "address_refused", "The host did not accept the e-mail address"
    REFUSED = "refused", "The host did not accept the message"


class HostKind(Worded):
    """How notices are sent."""

    SMTP = "smtp", "A mail server (SMTP)"
    NOTIFY = "notify", "GOV.UK Notify"


class Safety(Worded):
    """How the connection to a mail server is kept safe."""

    STARTTLS = "starttls", "STARTTLS, usually port 587"
    TLS = "tls", "TLS from the start, usually port 465"
    NONE = "none", "None: only for a relay inside the council’s own network"


class SecretPlace(StrEnum):
    """Where the server finds the password or the key: never in the database."""

    VARIABLE = "COPROD_NOTICE_SECRET"
    FILE = "COPROD_NOTICE_SECRET_FILE"
