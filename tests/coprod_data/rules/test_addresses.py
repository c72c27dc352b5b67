"""Addresses are taken only in their plain form, so that nothing else gets into a message."""

import pytest

from coprod_data.permissions import Invalid
from coprod_data.rules.addresses import email_address, host_name, site_address


@pytest.mark.parametrize("typed", ["jo@westmarch.gov.uk", " Jo.O'Neill+a@a-b.example "])
def test_one_plain_e_mail_address(typed: str):
    assert email_address(typed, "x") == typed.strip()


@pytest.mark.parametrize(
    "typed",
    ["", "jo", "jo@", "@x.uk", "jo@localhost", "jo@x.uk, al@x.uk", "Jo <jo@x.uk>",
     "jo@x.uk\nBcc: a@b.uk", "jo smith@x.uk", '"jo smith"@x.uk', "jo@x..uk", "jó@x.uk",
     "jo@[127.0.0.1]", "a" * 250 + "@x.uk"],
)  # fmt: skip
def test_nothing_else_is_an_e_mail_address(typed: str):
    with pytest.raises(Invalid):
        email_address(typed, "x")


@pytest.mark.parametrize("typed", ["smtp.x.uk", "relay", "10.0.0.7", "SMTP.X.UK"])
def test_a_server_is_a_bare_name(typed: str):
    assert host_name(typed, "x") == typed.lower()


@pytest.mark.parametrize(
    "typed", ["", "smtp://x.uk", "x.uk:25", "a b", "-x.uk", f"{'a' * 64}.uk", "x.uk/"]
)
def test_nothing_else_is_a_server(typed: str):
    with pytest.raises(Invalid):
        host_name(typed, "x")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("https://x.uk/", "https://x.uk"), ("https://x.uk:8443", "https://x.uk:8443"),
     ("http://localhost:8501", "http://localhost:8501")],
)  # fmt: skip
def test_a_site_is_secure_and_bare(typed: str, kept: str):
    assert site_address(typed, "x") == kept


@pytest.mark.parametrize(
    "typed",
    ["", "x.uk", "http://x.uk", "https://x.uk/my_work", "https://x.uk?a=1", "https://me@x.uk",
     "https://", "https://x.uk:port", "javascript:alert(1)"],
)  # fmt: skip
def test_nothing_else_is_a_site(typed: str):
    with pytest.raises(Invalid):
        site_address(typed, "x")
