#!/usr/bin/env python3
"""Hands an invitation to a mail server of other people's making (aiosmtpd), which insists on TLS and a password.

Each story has a server of its own, a demo of the program that BATON_BIN names.
Ends with a status other than 0 when a mail is not handed over as it should be, or says more than it should.
"""

import asyncio
import email
import email.policy
import logging
import os
import ssl
import subprocess
import sys
import tempfile
import time
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from server import Server, free_port

USER, PASSWORD = "baton", "a relay in the dark"
OWNER = ("mara@demo.example", "pass the baton on")
GUEST = "noor@demo.example"
SECONDS = 20


class Mails:
    """What came to the mail server, and who tried to let themselves in."""

    def __init__(self):
        # Each with whether it came by TLS and after a password.
        self.kept = []
        self.passwords = []

    async def handle_DATA(self, server, session, envelope):
        """Keeps a mail."""
        by_tls = server.transport.get_extra_info("ssl_object") is not None
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.kept.append((mail, by_tls, session.authenticated))
        return "250 Kept"

    def authenticate(self, _server, _session, _envelope, _mechanism, login):
        """Compares the password."""
        self.passwords.append((login.login.decode(), login.password.decode()))
        return AuthResult(success=self.passwords[-1] == (USER, PASSWORD), handled=False)


def certificate(folder):
    """A certificate for localhost and its key, which nobody trusts who is not told to."""
    files = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    # An authority and not also a server's: what it signs is itself.
    names += ["-addext", "basicConstraints=critical,CA:FALSE"]
    made = [*made.split(), "-out", files[0], "-keyout", files[1], *names]
    subprocess.run(made, check=True, capture_output=True)
    return files


class Desk:
    """A mail server and a Baton that is told of it."""

    def __init__(self, folder, tls="starttls", offers="starttls", trusts=True, password=PASSWORD):
        self.mails = Mails()
        self._cert, key = certificate(folder)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self._cert, key)
        port = free_port()
        door = {"authenticator": self.mails.authenticate, "auth_required": offers != "none"}
        if offers == "starttls":
            door.update(tls_context=context, require_starttls=True)
        if offers == "wrapped":
            # It does not see that what it is told came by TLS: that is below it.
            door.update(ssl_context=context, auth_require_tls=False)
        self._smtp = Controller(self.mails, "localhost", port, **door)
        settings = {
            "BATON__MAIL__HOST": "localhost",
            "BATON__MAIL__PORT": str(port),
            "BATON__MAIL__TLS": tls,
            "BATON__MAIL__USER": USER,
            "BATON__MAIL__PASSWORD": password,
            "BATON__MAIL__FROM": "Baton <chat@example.org>",
        }
        if trusts:
            settings["SSL_CERT_FILE"] = self._cert
        self.server = Server(None, os.environ["BATON_BIN"], **settings)

    async def __aenter__(self):
        self._smtp.start()
        await self.server.open()
        self.cookie = self.server.sign_in(*OWNER)
        form = {"email": GUEST, "role": "agent"}
        self.server.asks("invite", {"form": form}, self.cookie)
        return self

    async def __aexit__(self, *_):
        self.server.close()
        self._smtp.stop()

    async def tried(self):
        """The invitation in the list of what was sent, once it was tried."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            view = self.server.asks("load_deliveries", {}, self.cookie)
            row = next((row for row in view["deliveries"] if row["to"] == GUEST), None)
            # Without an outcome it is on its way.
            if row and row["latest"] and row["latest"][0]["outcome"]:
                return row
            await asyncio.sleep(0.1)
        raise AssertionError(f"nothing was tried: {view}")


async def is_mailed(desk):
    """The mail came by TLS, after the password, whole, and stands as sent."""
    row = await desk.tried()
    assert "sent" in row["state"], row
    ((mail, by_tls, let_in),) = desk.mails.kept
    assert by_tls and let_in, (by_tls, let_in)
    assert mail["To"].addresses[0].addr_spec == GUEST, mail["To"]
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html"], kinds
    link = f"{desk.server.url}/join"
    for part in ("plain", "html"):
        assert link in mail.get_body((part,)).get_content(), part


async def is_not_mailed(desk, why, *, knocked=0):
    """No mail came, the list says why without the password, and that was told only where it should be."""
    row = await desk.tried()
    assert "sent" not in row["state"], row
    said = str(row)
    assert why in said, said
    assert not desk.mails.kept, desk.mails.kept
    assert len(desk.mails.passwords) == knocked, desk.mails.passwords
    for password in [PASSWORD, *(password for _, password in desk.mails.passwords)]:
        assert password not in said, said


async def by_starttls_and_a_password(folder):
    async with Desk(folder) as desk:
        await is_mailed(desk)


async def by_tls_from_the_first_byte(folder):
    async with Desk(folder, tls="wrapped", offers="wrapped") as desk:
        await is_mailed(desk)


async def not_to_a_stranger(folder):
    async with Desk(folder, trusts=False) as desk:
        await is_not_mailed(desk, "certificate")


async def not_in_the_open(folder):
    async with Desk(folder, offers="none") as desk:
        await is_not_mailed(desk, "STARTTLS is not supported")


async def not_with_a_wrong_password(folder):
    async with Desk(folder, password="another relay") as desk:
        await is_not_mailed(desk, "535", knocked=1)


STORIES = [
    by_starttls_and_a_password,
    by_tls_from_the_first_byte,
    not_to_a_stranger,
    not_in_the_open,
    not_with_a_wrong_password,
]


async def main():
    """Plays every story."""
    # That a server without TLS asks for a password is the point of one story.
    warnings.simplefilter("ignore")
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    failed = 0
    for story in STORIES:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="baton-mail-") as folder:
            try:
                await story(folder)
                words = f"ok ({time.monotonic() - began:.1f} s)"
            except Exception as error:
                failed += 1
                words = f"FAILED\n  {type(error).__name__}: {error}"
        print(f"test a_mail_goes_{story.__name__} ... {words}", flush=True)
    result = "FAILED" if failed else "ok"
    print(f"test result: {result}. {len(STORIES) - failed} passed; {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
