"""Values and rules of the wire: keys, numbers, back-off. What docs/protocol.md says, and no more."""

import os
import random
import time
import uuid

SUBPROTOCOL = "baton.v1.json"

# Close codes after which a client does not come back by itself.
FINAL = {1002, 1007, 1008, 1009, 4002, 4003}
RESUME = 4001
RESTART = 1012


def fresh_id():
    """A UUIDv7, for keys and for the conversation of a first visit."""
    value = time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def name_of(value):
    """The tag of a value that is one of several."""
    return value if isinstance(value, str) else next(iter(value))


def facts_of(value):
    """What such a value holds besides its tag."""
    return {} if isinstance(value, str) else next(iter(value.values()))


def plain(nodes):
    """The characters of a rich text."""
    kinds = (node for node in nodes if isinstance(node, dict))
    return "".join(node.get("text") or node.get("code") or "" for node in kinds)


def words_of(entry):
    """What a message says; nothing for a note or an event."""
    message = entry["body"].get("message")
    return plain(message["text"]) if message else None


def event_of(entry):
    """The name of the event that an entry is; nothing for a message or a note."""
    event = entry["body"].get("event")
    return name_of(event) if event else None


class BackOff:
    """How long to wait before the next try."""

    def __init__(self):
        self._failed = 0

    def wait(self, code, lived):
        """The wait in seconds after a connection that ended like this and lived this long."""
        if lived >= 10:
            self._failed = 0
        base = 0.25 if code == RESUME else 1
        ceiling = min(30, base * 2**self._failed)
        self._failed += 1
        return random.uniform(0, ceiling)


class Numbers:
    """The entries of one conversation as a client holds them: in order, each once, none missing."""

    def __init__(self):
        self.entries = []
        # Known numbers that came again with other words; there must never be any.
        self.contradictions = []
        self._aside = {}
        self._gap_since = None

    @property
    def last(self):
        """The number of the last entry held."""
        return self.entries[-1]["seq"] if self.entries else 0

    def take(self, entries):
        """Takes what a page or an event brings, by number."""
        for entry in entries:
            self._take(entry)
        if not self._aside:
            self._gap_since = None
        elif self._gap_since is None:
            self._gap_since = time.monotonic()

    def earlier(self, entries):
        """Puts a page of older entries in front."""
        held = {entry["seq"] for entry in self.entries}
        older = [entry for entry in entries if entry["seq"] not in held]
        self.entries = older + self.entries

    def gap_lasts(self):
        """For how many seconds an entry has been missing."""
        return 0 if self._gap_since is None else time.monotonic() - self._gap_since

    def forget_aside(self):
        """A new start brings all that is missing."""
        self._aside.clear()
        self._gap_since = None

    def _take(self, entry):
        number = entry["seq"]
        if self.entries and number <= self.last:
            self._compare(entry)
            return
        # The newest page of a long conversation begins anywhere; only what follows has to fit.
        if self.entries and number > self.last + 1:
            self._aside[number] = entry
            return
        self.entries.append(entry)
        following = self._aside.pop(number + 1, None)
        if following:
            self._take(following)

    def _compare(self, entry):
        held = next((known for known in self.entries if known["seq"] == entry["seq"]), entry)
        if held != entry:
            self.contradictions.append((held, entry))
