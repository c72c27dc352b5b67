"""What a typed e-mail address, mail server or address of this site must be before it is saved."""

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from urllib.parse import urlsplit

from coprod_data.permissions import Invalid
from coprod_data.rules.texts import is_blank, required_line

LONGEST_EMAIL = 254
_PART = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_PART}(\.{_PART})*", re.I)
_HERE = ("localhost", "127.0.0.1")


def email_address(typed: str, field: str, *, needed: bool = True) -> str:
    """Return an e-mail address: one, in plain letters, at a host with a dot. Raises Invalid."""
    if is_blank(typed) and not needed:
        return ""
    sentence = "Write one e-mail address, for example jo.smith@westmarch.gov.uk."
    address = required_line(typed, field, sentence, LONGEST_EMAIL)
    try:
        parsed = Address(addr_spec=address)
    except (HeaderParseError, ValueError, IndexError):
        raise Invalid(sentence, field=field) from None
    whole = parsed.addr_spec == address and address.isascii() and " " not in address
    if not whole or "." not in parsed.domain or not _HOST.fullmatch(parsed.domain):
        raise Invalid(sentence, field=field)
    return address


def host_name(typed: str, field: str) -> str:
    """Return the name of a server, without anything before or after it. Raises Invalid."""
    sentence = "Write the name of the mail server, for example smtp.westmarch.gov.uk."
    name = required_line(typed, field, sentence, 253)
    if not _HOST.fullmatch(name):
        raise Invalid(sentence, field=field)
    return name.lower()


def site_address(typed: str, field: str) -> str:
    """Return where this site is found, without a slash at its end. Raises Invalid.

    Only an address on this machine may do without https.
    """
    sentence = "Write the address of this site, for example https://together.westmarch.gov.uk."
    address = required_line(typed, field, sentence, 200).rstrip("/")
    try:
        parts = urlsplit(address)
        name, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid(sentence, field=field) from None
    safe = parts.scheme == "https" or (parts.scheme == "http" and name in _HERE)
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if not (safe and bare and _HOST.fullmatch(name)):
        raise Invalid(sentence, field=field)
    return address
