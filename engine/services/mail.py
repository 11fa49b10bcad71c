"""A letter to a person, handed to the operator's mail server. What stands in a header can hold no other header."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from engine.services.calls import ServiceFailed

SECONDS = 15.0
LONGEST_SUBJECT = 200
PORTS = {"smtp": 25, "smtps": 465}
# What the library's parser of addresses meets in what is none.
UNREADABLE = (ValueError, IndexError, MessageError)


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` is the job's id: the same for every try, so that a reader's mail program can tell a repetition."""

    key: str
    address: str
    name: str
    subject: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and whom they are from. Raises ValueError where that cannot be read."""

    url: str = field(repr=False)
    sender: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(
                "PROCESSION_SMTP_URL is written like smtp://user:password@mail.example.org:587 or smtps://..."
            )
        if not is_address(parseaddr(self.sender)[1]):
            raise ValueError("PROCESSION_MAIL_FROM is written like Procession <no-reply@example.org>.")

    def send(self, letter: Letter) -> None:
        """Raises ServiceFailed; `lasting` where the server takes it at no time."""
        try:
            message = self._message(letter)
        except UNREADABLE as failure:
            raise ServiceFailed(f"{letter.address[:200]!r} is no address for mail.", lasting=True) from failure
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()), (550, b""))
            raise ServiceFailed(
                f"The mail server does not take it: {_said(code, said)}", lasting=code >= 500
            ) from refused
        except smtplib.SMTPResponseException as refused:
            raise ServiceFailed(f"The mail server says {_said(refused.smtp_code, refused.smtp_error)}") from refused
        except (OSError, smtplib.SMTPException) as failure:
            raise ServiceFailed(
                f"The mail server cannot be reached: {failure}",
                fix="Look whether it is up, and at PROCESSION_SMTP_URL.",
            ) from failure

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        name, address = parseaddr(self.sender)
        message["From"] = Address(one_line(name), addr_spec=address)
        message["To"] = Address(one_line(letter.name), addr_spec=_checked(letter.address))
        message["Subject"] = one_line(letter.subject)[:LONGEST_SUBJECT]
        message["Date"] = format_datetime(letter.at)
        message["Message-ID"] = f"<{letter.key}@{address.rpartition('@')[2]}>"
        # So that no absence note answers it.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(letter.text)
        return message

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        try:
            server.ehlo_or_helo_if_needed()
            encrypted = parts.scheme == "smtps"
            if not encrypted and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                encrypted = True
            if parts.username:
                if not encrypted:
                    raise smtplib.SMTPException("it offers no encryption, and the password is not sent without")
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def is_address(text: str) -> bool:
    """Whether mail can be sent there: one address, with nothing around it."""
    try:
        _checked(text)
    except UNREADABLE:
        return False
    return True


def _checked(text: str) -> str:
    if not text.isprintable() or " " in text or len(text) > 254:
        raise ValueError("an address is one word")
    found = Address(addr_spec=text)
    if not found.username or not found.domain or found.addr_spec != text or not text.isascii():
        raise ValueError("an address is a name and a domain")
    return text


def one_line(text: str) -> str:
    """What people wrote, as it may stand in a header: no line breaks, nothing that cannot be seen."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{code} {one_line(text)[:300]}"
