"""A Baton of the story's own, or one that runs already, and its door: the chatbot's id, the sign-in."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

START_SECONDS = 60
STOP_SECONDS = 15
# A story types faster than people.
LIMITS = {
    "BATON__LIMITS__VISITOR_COMMANDS_PER_10S": "1000",
    "BATON__LIMITS__SIGN_INS_PER_MINUTE": "1000",
    "BATON__LIMITS__STARTS_PER_MINUTE": "1000",
    "BATON__LIMITS__VISITS_PER_MINUTE": "1000",
}


class Server:
    """A server with the seeded demo."""

    def __init__(self, url=None, program=None, **settings):
        """With more of its environment, where it is one of the story's own."""
        self.url = url
        self._program = program
        self._settings = settings
        self._child = None
        self._folder = None

    @property
    def is_own(self):
        """Whether it may be stopped and started."""
        return self._program is not None

    async def open(self):
        """Starts the server, unless it runs already."""
        if self.is_own:
            self._folder = tempfile.mkdtemp(prefix="baton-client-")
            self.url = f"http://127.0.0.1:{free_port()}"
            await self.start()

    async def start(self):
        """Starts it on its port and folder, and returns when it answers."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("BATON")}
        env.update(LIMITS)
        env["BATON__SERVER__LISTEN"] = self.url.removeprefix("http://")
        env["BATON__DATA__FOLDER"] = self._folder
        if self._settings:
            # Mail holds links.
            env["BATON__SERVER__PUBLIC_URL"] = self.url
        env.update(self._settings)
        log = open(os.path.join(self._folder, "log.txt"), "ab")
        self._child = subprocess.Popen([self._program, "demo"], env=env, stdout=log, stderr=log)
        for _ in range(START_SECONDS * 20):
            if self._child.poll() is not None:
                break
            if self._answers():
                return
            await asyncio.sleep(0.05)
        with open(log.name, encoding="utf-8", errors="replace") as text:
            raise AssertionError(f"{self._program} did not start:\n{text.read()[-2000:]}")

    async def stop(self):
        """Asks it to stop, as a service manager does, and returns how it ended."""
        self._child.send_signal(signal.SIGTERM)
        wait = asyncio.to_thread(self._child.wait, STOP_SECONDS)
        return await wait

    def close(self):
        """Ends it for good."""
        if self._child and self._child.poll() is None:
            self._child.kill()
            self._child.wait()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def socket(self, name, base=None):
        """The address of one of the two sockets."""
        return f"{(base or self.url).replace('http', 'ws', 1)}/ws/{name}"

    def chatbot(self):
        """The chatbot's id, from the tag that embeds the chat in the demo's page."""
        with urllib.request.urlopen(f"{self.url}/demo") as page:
            tag = re.search(r'data-chatbot="([0-9a-f-]+)"', page.read().decode())
        return tag[1]

    def sign_in(self, email, password):
        """Signs an agent in and returns the cookie."""
        form = urllib.parse.urlencode({"form[email]": email, "form[password]": password})
        headers = {"Origin": self.url, "Accept": "application/json"}
        request = urllib.request.Request(f"{self.url}/pages/sign_in", form.encode(), headers)
        with urllib.request.urlopen(request) as answer:
            return answer.headers["Set-Cookie"].split(";")[0]

    def asks(self, name, body, cookie):
        """Asks for what a page asks for, and returns the answer."""
        headers = {
            "Origin": self.url,
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Cookie": cookie,
        }
        content = json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/pages/{name}", content, headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def _answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
