"""A connection that is kept: it says hello, comes back, resumes, and does every command once."""

import asyncio
import json
import time

import websockets

from wire import FINAL, SUBPROTOCOL, BackOff, facts_of, fresh_id, name_of

# Its name changed with the library's fourteenth version.
HEADERS = "additional_headers" if int(websockets.__version__.split(".")[0]) >= 14 else "extra_headers"
PING_EVERY = 25
SILENCE = 10
WELCOME = 15
GAP = 2


async def shake_hands(url, headers=(), origin=None, subprotocol=SUBPROTOCOL):
    """Opens a socket, or raises with the status of the answer."""
    options = {HEADERS: list(headers), "origin": origin, "compression": None}
    return await websockets.connect(
        url, subprotocols=subprotocol and [subprotocol], ping_interval=None, **options
    )


def status_of(error):
    """The HTTP status with which a handshake failed, or nothing when it was the network."""
    response = getattr(error, "response", None)
    return getattr(response or error, "status_code", None)


class Link:
    """One side's connection. `client` says how it starts and hears what it is told."""

    # For how long something may be waited for, in seconds.
    patience = 20

    def __init__(self, client, url, headers=(), origin=None):
        self._client = client
        self._door = {"url": url, "headers": headers, "origin": origin}
        self._socket = None
        self._task = None
        self._let_in = asyncio.Event()
        self._at_once = asyncio.Event()
        self._heard = asyncio.Event()
        # Commands with a key that were not answered yet, oldest first.
        self._outbox = {}
        self._answers = {}
        # Every answer so far, by key: a command that is sent twice has two.
        self.answered = {}
        self.welcomes = 0
        self.is_welcome = False
        # How every connection ended: its close code, or nothing without one.
        self.ends = []
        # Why it does not come back.
        self.over = None
        # The last frames, for whoever looks for a mistake.
        self.told = []

    def open(self):
        """Connects, and from then on again and again."""
        self._let_in.set()
        self._task = asyncio.create_task(self._live())

    async def close(self):
        """Leaves for good."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._socket:
            await self._socket.close()

    def cut(self):
        """Tears the connection in the middle of whatever it carries, without a goodbye."""
        self.is_welcome = False
        if self._socket:
            self._socket.transport.abort()

    def stay_away(self):
        """Tears the connection and does not come back before `come_back`."""
        self._let_in.clear()
        self._at_once.clear()
        self.cut()

    def come_back(self):
        """The network is there again."""
        self._at_once.set()
        self._let_in.set()

    def tell(self, command):
        """Says something without a key, once or not at all."""
        if self.is_welcome:
            self._write(command)

    def ask(self, kind, facts, key=None):
        """Puts a command with a key into the outbox, sends it, and returns its answer to come."""
        key = key or fresh_id()
        command = {kind: {**facts, "key": key}}
        answer = asyncio.get_running_loop().create_future()
        self._answers.setdefault(key, []).append(answer)
        self._outbox[key] = command
        if self.is_welcome:
            self._write(command)
        return answer

    async def repeat(self, kind, facts, key):
        """Sends a command past the outbox, as often as one likes, and returns this time's answer."""
        number = len(self.answered.get(key, []))
        self._write({kind: {**facts, "key": key}})
        await self.until(f"an answer to {kind}", lambda: len(self.answered.get(key, [])) > number)
        return self.answered[key][number]

    async def until(self, what, condition, seconds=None):
        """Waits until a condition holds, looking again at whatever is told."""
        seconds = seconds or self.patience
        by = time.monotonic() + seconds
        while not condition():
            left = by - time.monotonic()
            if left <= 0 or self.over:
                why = f"ended with {self.over}" if self.over else f"not within {seconds} s"
                recent = "\n    ".join(self.told[-12:])
                raise AssertionError(f"{what}: {why}; last told:\n    {recent}")
            self._heard.clear()
            try:
                await asyncio.wait_for(self._heard.wait(), min(left, 0.2))
            except asyncio.TimeoutError:
                pass

    def _write(self, command):
        text = json.dumps(command)
        self.told.append(f"→ {text}"[:400])
        asyncio.ensure_future(self._send(text))

    async def _send(self, text):
        try:
            await self._socket.send(text)
        except websockets.ConnectionClosed:
            # What has a key is in the outbox, the rest may be lost.
            pass

    async def _live(self):
        back_off = BackOff()
        while self.over is None:
            await self._let_in.wait()
            began = time.monotonic()
            code = await self._serve()
            self.is_welcome = False
            self.ends.append(code)
            self._heard.set()
            if code in FINAL or code in (400, 401, 403):
                self.over = code
                return
            wait = back_off.wait(code, time.monotonic() - began)
            try:
                # The network may say that it is there again; there is no reason to wait then.
                await asyncio.wait_for(self._at_once.wait(), wait)
            except asyncio.TimeoutError:
                pass
            self._at_once.clear()

    async def _serve(self):
        """One connection from its first to its last frame; returns how it ended."""
        try:
            self._socket = await shake_hands(**self._door)
        except (OSError, asyncio.TimeoutError, websockets.InvalidHandshake) as error:
            status = status_of(error)
            return None if status == 503 else status
        if not self._let_in.is_set():
            self._socket.transport.abort()
        watch = asyncio.create_task(self._watch(self._socket))
        try:
            self._write(self._client.start())
            async for frame in self._socket:
                self._last_frame = time.monotonic()
                self._hear(json.loads(frame))
        except websockets.ConnectionClosed:
            pass
        finally:
            watch.cancel()
        code = self._socket.close_code
        return None if code == 1006 else code

    async def _watch(self, socket):
        """Notices a connection that is dead, and an entry that does not come."""
        self._last_frame = pinged = began = time.monotonic()
        while True:
            await asyncio.sleep(0.25)
            now = time.monotonic()
            if now - pinged >= PING_EVERY and self.is_welcome:
                pinged = now
                self._write("ping")
            silent = self._last_frame < pinged and now - pinged >= SILENCE
            silent |= not self.is_welcome and now - began >= WELCOME
            if silent or self._client.gap_lasts() >= GAP:
                self.told.append("– gives the connection up")
                socket.transport.abort()
                return

    def _hear(self, event):
        self.told.append(f"← {json.dumps(event)}"[:400])
        name, facts = name_of(event), facts_of(event)
        if name in ("done", "refused") and facts["key"]:
            self._answered(name, facts)
        else:
            self._client.hear(name, facts)
        if name == "welcome":
            self.welcomes += 1
            for command in self._outbox.values():
                self._write(command)
            self.is_welcome = True
        self._heard.set()

    def _answered(self, name, facts):
        key = facts["key"]
        self.answered.setdefault(key, []).append((name, facts))
        again = None
        if name == "refused" and name_of(facts["refusal"]) == "too_fast":
            again = facts_of(facts["refusal"])["retry_after_ms"] / 1000
        if name == "refused" and name_of(facts["refusal"]) == "unavailable":
            again = 1
        if again is not None:
            asyncio.get_running_loop().call_later(again, self._once_more, key)
            return
        self._outbox.pop(key, None)
        for answer in self._answers.pop(key, []):
            if not answer.done():
                answer.set_result((name, facts))

    def _once_more(self, key):
        if key in self._outbox and self.is_welcome:
            self._write(self._outbox[key])
