"""A network that breaks what the page promises, one promise at a time: a story that does not notice is void."""

import asyncio
import json

import websockets

from link import shake_hands
from server import free_port
from wire import SUBPROTOCOL, facts_of, fresh_id, name_of


class Tamper:
    """A proxy in front of both sockets."""

    def __init__(self, spoil, server):
        self.url = None
        # Whether there was anything to break.
        self.worked = False
        self._spoil = spoil
        self._server = server
        self._listener = None
        # What a tamper has to remember.
        self.memory = {}

    async def open(self):
        """Listens on a port of its own."""
        port = free_port()
        options = {"subprotocols": [SUBPROTOCOL], "ping_interval": None, "compression": None}
        self._listener = await websockets.serve(self._carry, "127.0.0.1", port, **options)
        self.url = f"http://127.0.0.1:{port}"

    async def close(self):
        """Stops listening."""
        self._listener.close()
        await self._listener.wait_closed()

    async def _carry(self, client, *_):
        # The library's newer versions keep both in the request.
        request = getattr(client, "request", None)
        path = request.path if request else client.path
        headers = request.headers if request else client.request_headers
        url = self._server.replace("http", "ws", 1) + path
        kept = [(name, headers[name]) for name in ("Cookie",) if name in headers]
        try:
            server = await shake_hands(url, kept, headers.get("Origin"))
        except (OSError, asyncio.TimeoutError, websockets.InvalidHandshake):
            # The server is down; who comes from there sees a line that breaks.
            client.transport.abort()
            return
        ways = [
            asyncio.create_task(self._pass(client, server, True, path)),
            asyncio.create_task(self._pass(server, client, False, path)),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        if server.close_code not in (None, 1005, 1006):
            await client.close(server.close_code)
        for end in (client, server):
            end.transport.abort()

    async def _pass(self, source, target, to_server, path):
        try:
            async for frame in source:
                value = json.loads(frame)
                side = path.rsplit("/", 1)[-1]
                spoiled = self._spoil(self, side, to_server, name_of(value), value)
                frames = [value] if spoiled is None else spoiled
                self.worked |= spoiled is not None and spoiled != [json.loads(frame)]
                for one in frames:
                    # An answer goes back to where the command came from.
                    back = isinstance(one, Back)
                    await (source if back else target).send(json.dumps(one.event if back else one))
        except websockets.ConnectionClosed:
            pass


class Back:
    """A frame that goes the other way."""

    def __init__(self, event):
        self.event = event


def changes_nothing(*_):
    """The story has to go well over this one, else it would notice the proxy and not its tricks."""


def loses_an_entry(tamper, side, to_server, name, value):
    """The visitor is never told the third entry, whatever they do."""
    if to_server or side != "visitor":
        return None
    if name == "entry_added" and value[name]["seq"] == 3:
        return []
    if name == "welcome" and any(entry["seq"] == 3 for entry in value[name]["entries"]):
        value[name]["entries"] = [entry for entry in value[name]["entries"] if entry["seq"] != 3]
        return [value]
    return None


def answers_for_the_server(tamper, side, to_server, name, value):
    """The visitor's third message is acknowledged, and goes nowhere."""
    if to_server and side == "visitor" and name == "say":
        key = value["say"]["key"]
        said = tamper.memory.setdefault("said", [])
        if key not in said:
            said.append(key)
        if said.index(key) == 2:
            return [Back({"done": {"key": key, "seq": 4}})]
    return None


def delivers_twice_under_new_keys(tamper, side, to_server, name, value):
    """What comes again with its key is taken for something new."""
    if to_server and name == "say":
        key = value["say"]["key"]
        seen = tamper.memory.setdefault("keys", set())
        if key in seen:
            value["say"]["key"] = fresh_id()
            return [value, Back({"done": {"key": key, "seq": 1}})]
        seen.add(key)
    return None


def says_yes_to_everybody(tamper, side, to_server, name, value):
    """Who lost a claim is told that they won it."""
    if not to_server and name == "refused" and name_of(value[name]["refusal"]) == "taken_by":
        return [{"done": {"key": value[name]["key"], "seq": None}}]
    return None


def skips_what_was_missed(tamper, side, to_server, name, value):
    """Who comes back is told what happens from now on, and the numbers hide it."""
    if side != "visitor":
        return None
    if to_server and name == "start" and value[name]["after"] > 0:
        tamper.memory["resumed"] = True
        return None
    if not to_server and name == "welcome" and tamper.memory.pop("resumed", False):
        missed = len(value[name]["entries"])
        tamper.memory["hidden"] = tamper.memory.get("hidden", 0) + missed
        value[name]["entries"] = []
        return [value]
    if not to_server and name == "entry_added" and tamper.memory.get("hidden"):
        value[name]["seq"] -= tamper.memory["hidden"]
        return [value]
    return None


def shows_notes_to_visitors(tamper, side, to_server, name, value):
    """The visitor reads what is the team's own."""
    if side == "agent" and to_server and name == "add_note":
        tamper.memory["note"] = value[name]["text"].replace("*", "")
        return None
    if side == "visitor" and not to_server and name == "entry_added" and "note" in tamper.memory:
        value[name]["body"] = {"note": [{"text": tamper.memory["note"]}]}
        return [value]
    return None


TAMPERS = [
    loses_an_entry,
    answers_for_the_server,
    delivers_twice_under_new_keys,
    says_yes_to_everybody,
    skips_what_was_missed,
    shows_notes_to_visitors,
]
