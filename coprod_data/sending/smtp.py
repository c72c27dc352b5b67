"""One notice through the council's mail server."""

import smtplib
import ssl
from email.message import EmailMessage

from coprod_data.queries.notices import Letter
from coprod_data.scopes.notices import SmtpHost
from coprod_data.sending.words import subject_of, text_of
from coprod_data.vocabulary.notices import NoticeFault, Safety

PATIENCE = 15.0  # seconds


def send_by_smtp(
    host: SmtpHost, site: str, letter: Letter, secret: str | None
) -> NoticeFault | None:
    """Send a notice. Returns None once the server has taken it, else why not."""
    if host.user and not secret:
        return NoticeFault.NO_SECRET
    try:
        with _connected(host) as server:
            if host.user:
                server.login(host.user, secret or "")
            server.send_message(_message(host, site, letter))
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        return NoticeFault.NOT_SECURE
    except smtplib.SMTPAuthenticationError:
        return NoticeFault.NOT_SIGNED_IN
    except smtplib.SMTPSenderRefused:
        return NoticeFault.SENDER_REFUSED
    except smtplib.SMTPRecipientsRefused:
        return NoticeFault.ADDRESS_REFUSED
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        return NoticeFault.NO_ANSWER
    except (smtplib.SMTPException, ValueError):
        return NoticeFault.REFUSED
    except OSError:
        return NoticeFault.NO_ANSWER
    return None


def _connected(host: SmtpHost) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    us = host.sender.rpartition("@")[2]  # else our own name is looked up, which can be slow
    if host.safety is Safety.TLS:
        return smtplib.SMTP_SSL(host.host, host.port, us, timeout=PATIENCE, context=safe)
    server = smtplib.SMTP(host.host, host.port, us, timeout=PATIENCE)
    if host.safety is Safety.STARTTLS:
        try:
            server.starttls(context=safe)
        except BaseException:
            server.close()
            raise
    return server


def _message(host: SmtpHost, site: str, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject_of(letter)
    message["From"] = host.sender
    message["To"] = letter.to
    # The same at each try, so that a mail program shows one that came twice once.
    message["Message-ID"] = f"<{letter.mark}@{host.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # nobody's absence note answers it
    message.set_content(text_of(letter, site))
    return message
