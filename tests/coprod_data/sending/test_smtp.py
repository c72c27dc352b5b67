"""A notice through a real mail server: what arrives, and what each fault is called."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from coprod_data.queries.notices import Letter
from coprod_data.sending.letters import send_letter
from coprod_data.vocabulary.notices import NoticeFault, NoticeKind, Safety
from tests.helpers.mail_server import MailServer
from tests.helpers.notices import SITE, a_host

LETTER = Letter(
    notice_id=7, kind=NoticeKind.TURN, to="amara@westmarch.gov.uk", mark="abcdef", phone=""
)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "both.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_message_arrives_as_it_is_meant():
    with MailServer() as server:
        assert send_letter(a_host(server.port), SITE, LETTER, None) is None

    [message] = server.received
    assert message["From"] == "together@westmarch.gov.uk"
    assert message["To"] == "amara@westmarch.gov.uk"
    assert message["Subject"] == "Together: it is your turn"
    assert message["Message-ID"] == "<abcdef@westmarch.gov.uk>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == [
        "It is your turn in Together. Sign in to see what it is:",
        "",
        "https://together.westmarch.gov.uk/my_work",
        "",
        "This message says no more on purpose. Nobody reads answers to it.",
    ]


def test_only_a_server_that_is_trusted_hears_the_password(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
):
    with MailServer(password="secret", tls=serving(certificate)) as server:
        host = a_host(server.port, safety=Safety.STARTTLS, user="together")
        assert send_letter(host, SITE, LETTER, "secret") is NoticeFault.NOT_SECURE
        assert server.signed_in == []

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert send_letter(host, SITE, LETTER, "secret") is None
        assert (server.signed_in, server.secure) == ([("together", "secret")], [True])

        assert send_letter(host, SITE, LETTER, "wrong") is NoticeFault.NOT_SIGNED_IN


def test_a_server_without_starttls_is_not_written_to():
    with MailServer() as server:
        host = a_host(server.port, safety=Safety.STARTTLS)
        assert send_letter(host, SITE, LETTER, None) is NoticeFault.NOT_SECURE
    assert server.received == []


def test_each_fault_has_its_name():
    with MailServer(refused=["amara@westmarch.gov.uk"]) as server:
        assert send_letter(a_host(server.port), SITE, LETTER, None) is NoticeFault.ADDRESS_REFUSED
    with MailServer(password="secret") as server:
        assert send_letter(a_host(server.port), SITE, LETTER, None) is NoticeFault.SENDER_REFUSED
    with MailServer(greeting="421 closed") as server:
        assert send_letter(a_host(server.port), SITE, LETTER, None) is NoticeFault.NO_ANSWER
    assert send_letter(a_host(server.port), SITE, LETTER, None) is NoticeFault.NO_ANSWER
    host = a_host(server.port, safety=Safety.TLS, user="together")
    assert send_letter(host, SITE, LETTER, None) is NoticeFault.NO_SECRET
