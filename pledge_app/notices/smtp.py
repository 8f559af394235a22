"""One letter over SMTP, with the standard library. No retries here: the queue does that."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP

from pledge_app.config import MailSettings

SECONDS = 20


def send(
    settings: MailSettings,
    *,
    to: str,
    subject: str,
    body: str,
    message_id: str,
) -> None:
    """Hand one letter to the server. Raises OSError or smtplib.SMTPException."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = settings.sender
    letter["To"] = to
    letter["Subject"] = " ".join(subject.split())
    letter["Message-ID"] = (
        f"<{message_id}@{settings.sender.rpartition('@')[2]}>"  # the same when it is sent twice
    )
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body, cte="base64")
    with _connect(settings) as server:
        if settings.user:
            server.login(settings.user, settings.password)
        server.send_message(letter)


def _connect(settings: MailSettings) -> smtplib.SMTP:
    if settings.security == "tls":
        return smtplib.SMTP_SSL(
            settings.host,
            settings.port,
            timeout=SECONDS,
            context=ssl.create_default_context(),
        )
    server = smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
    if settings.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
