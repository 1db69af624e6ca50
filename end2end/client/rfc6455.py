#!/usr/bin/env python3
"""Holds the visitor's socket against RFC 6455, byte by byte, on a server of its own.

The program is the one that BATON_BIN names. Each case names the section that it comes from.
"""

import asyncio
import json
import os
import sys

from raw import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, Gone, Raw, close_payload, frame
from server import Server
from wire import fresh_id

HELLO = frame(TEXT, b'"ping"')
# A visitor's frame; docs/protocol.md, Limits.
LIMIT = 16384
CASES = []


def case(section, *values):
    """Notes a case, once for each of the values."""

    def note(test):
        for value in values or [None]:
            name = test.__name__ + ("" if value is None else f" ({value})")
            CASES.append((section, name, test, () if value is None else (value,)))
        return test

    return note


class Talk(Raw):
    """A connection on which a visitor was welcomed."""

    def __init__(self, server, chatbot):
        super().__init__(server)
        self._chatbot = chatbot

    async def begin(self):
        status, _ = await self.open()
        assert status == 101, status
        page = {"url": "", "title": "", "referrer": ""}
        start = {"token": None, "chatbot": self._chatbot, "conversation": fresh_id()}
        start |= {"after": 0, "page": page, "locale": "en"}
        self.send(frame(TEXT, json.dumps({"start": start}).encode()))
        assert "welcome" in await self.receive_text()

    async def is_alive(self):
        self.send(HELLO)
        assert await self.receive_text() == '"pong"'

    async def fails_with(self, *codes):
        """The server fails the connection: a close frame with a code (7.1.7), then its end (7.1.1)."""
        try:
            code = await self.receive_close()
        except Gone:
            raise AssertionError("ended without a close frame") from None
        assert code in codes, f"closed with {code}"
        await self.ends()


@case("5.4")
async def a_message_in_pieces_is_one_message(talk):
    talk.send(frame(TEXT, b'"pi', fin=False), frame(CONTINUATION, b"n", fin=False))
    talk.send(frame(CONTINUATION, b"", fin=False), frame(CONTINUATION, b'g"'))
    assert await talk.receive_text() == '"pong"'


@case("5.4")
async def control_frames_may_come_between_the_pieces(talk):
    talk.send(frame(TEXT, b'"pi', fin=False), frame(PING, b"now"), frame(PONG, b"unasked"))
    assert await talk.receive() == (PONG, b"now")
    talk.send(frame(CONTINUATION, b'ng"'))
    assert await talk.receive_text() == '"pong"'


@case("5.4", CONTINUATION)
async def a_piece_without_a_beginning_is_an_error(talk, kind):
    talk.send(frame(kind, b'"ping"'))
    await talk.fails_with(1002)


@case("5.4", TEXT, BINARY)
async def a_message_within_another_is_an_error(talk, kind):
    talk.send(frame(TEXT, b'"pi', fin=False), frame(kind, b'"ping"'))
    await talk.fails_with(1002)


@case("5.5", CLOSE, PING, PONG)
async def a_control_frame_holds_125_bytes_at_most(talk, kind):
    talk.send(frame(kind, close_payload(1000) + b"a" * 124))
    await talk.fails_with(1002)


@case("5.5", CLOSE, PING, PONG)
async def a_control_frame_is_never_in_pieces(talk, kind):
    talk.send(frame(kind, b"", fin=False))
    await talk.fails_with(1002)


@case("5.5.2", 0, 1, 125)
async def a_ping_is_answered_with_what_it_holds(talk, length):
    payload = os.urandom(length)
    talk.send(frame(PING, payload))
    assert await talk.receive() == (PONG, payload)
    await talk.is_alive()


@case("5.5.3")
async def a_pong_that_nobody_asked_for_is_ignored(talk):
    talk.send(frame(PONG, b"unasked"))
    await talk.is_alive()


@case("5.1", TEXT, PING, CLOSE)
async def what_is_not_masked_is_an_error(talk, kind):
    talk.send(frame(kind, b"" if kind == CLOSE else b'"ping"', masked=False))
    await talk.fails_with(1002)


@case("5.2", 1, 2, 4, 7)
async def a_reserved_bit_is_an_error(talk, bits):
    talk.send(frame(TEXT, b'"ping"', reserved=bits))
    await talk.fails_with(1002)


@case("5.2", 1, 4)
async def a_reserved_bit_of_a_control_frame_is_an_error(talk, bits):
    talk.send(frame(PING, b"now", reserved=bits))
    await talk.fails_with(1002)


@case("5.2", 3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
async def a_reserved_kind_is_an_error(talk, kind):
    talk.send(frame(kind, b""))
    await talk.fails_with(1002)


@case("5.2")
async def a_length_with_its_highest_bit_set_is_an_error(talk):
    talk.send(frame(TEXT, b"a", length=1 << 63))
    await talk.fails_with(1002, 1009)


@case("8.1", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xce")
async def text_that_is_not_utf8_is_an_error(talk, bad):
    talk.send(frame(TEXT, b'"' + bad + b'"'))
    await talk.fails_with(1007)


@case("8.1")
async def text_that_ends_within_a_character_is_an_error(talk):
    talk.send(frame(TEXT, b"\xe2\x82", fin=False), frame(CONTINUATION, b'"'))
    await talk.fails_with(1007)


@case("8.1")
async def a_character_may_be_split_between_the_pieces(talk):
    say = json.dumps({"say": {"key": fresh_id(), "text": "5 \u20ac"}}, ensure_ascii=False).encode()
    cut = say.index(b"\xe2") + 1
    talk.send(frame(TEXT, say[:cut], fin=False), frame(CONTINUATION, say[cut:]))
    assert "5 \u20ac" in await talk.receive_text()


@case("5.6")
async def bytes_are_no_text_and_end_nothing(talk):
    talk.send(frame(BINARY, b"\xff\x00"))
    assert "malformed" in await talk.receive_text()
    await talk.is_alive()


GOOD = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 3999, 4000, 4999]


@case("5.5.1", *GOOD)
async def a_close_frame_is_answered_by_one_and_the_connection_ends(talk, code):
    talk.send(frame(CLOSE, close_payload(code, "bye \u20ac".encode())))
    assert await talk.receive_close() == code
    await talk.ends()


@case("5.5.1")
async def a_close_frame_without_a_code_is_answered_as_well(talk):
    talk.send(frame(CLOSE))
    assert await talk.receive_close() in (None, 1000)
    await talk.ends()


@case("5.5.1")
async def nothing_is_done_after_a_close_frame(talk):
    talk.send(frame(CLOSE, close_payload(1000)), HELLO, frame(PING, b"now"))
    kind, _ = await talk.receive()
    assert kind == CLOSE, kind
    await talk.ends()


@case("7.4", 0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)
async def a_code_that_must_not_be_sent_is_an_error(talk, code):
    talk.send(frame(CLOSE, close_payload(code)))
    await talk.fails_with(1002)


@case("5.5.1")
async def half_a_code_is_an_error(talk):
    talk.send(frame(CLOSE, b"\x03"))
    await talk.fails_with(1002)


@case("8.1")
async def a_reason_that_is_not_utf8_is_an_error(talk):
    talk.send(frame(CLOSE, close_payload(1000, b"\xff")))
    await talk.fails_with(1007)


@case("7.4.1")
async def a_frame_at_the_limit_is_read(talk):
    talk.send(frame(TEXT, b" " * (LIMIT - 6) + b'"ping"'))
    assert await talk.receive_text() == '"pong"'


@case("7.4.1", LIMIT + 1, 1 << 20, 1 << 40, (1 << 63) - 1)
async def a_frame_that_is_too_big_is_refused_by_its_head(talk, length):
    talk.send(frame(TEXT, b"a", length=length))
    await talk.fails_with(1009)


@case("7.1.1", LIMIT + 1, 1 << 16, 1 << 20)
async def who_is_still_sending_what_is_too_big_gets_to_know(talk, length):
    talk.send(frame(TEXT, b" " * length))
    # Whatever the server does at once has been done when this client looks.
    await asyncio.sleep(0.05)
    await talk.fails_with(1009)


@case("7.4.1")
async def a_message_that_is_too_big_in_pieces_is_refused(talk):
    talk.send(frame(TEXT, b" " * (LIMIT // 2), fin=False))
    talk.send(frame(CONTINUATION, b" " * (LIMIT // 2 + 1)))
    await talk.fails_with(1009)


@case("5.2")
async def a_frame_may_come_byte_by_byte(talk):
    await talk.trickle(HELLO + frame(PING, b"now"))
    assert await talk.receive_text() == '"pong"'
    assert await talk.receive() == (PONG, b"now")


@case("5.2")
async def many_frames_may_come_at_once(talk):
    talk.send(*[HELLO] * 50, frame(PING, b"now"))
    # A ping may be answered before what was sent before it (5.5.2).
    told = [await talk.receive() for _ in range(51)]
    assert sorted(told) == sorted([(TEXT, b'"pong"')] * 50 + [(PONG, b"now")]), told


@case("7.1.5", b"", HELLO[:3])
async def a_line_that_ends_without_a_word_is_let_go(talk, first):
    talk.send(first)
    talk.writer.write_eof()
    await talk.ends()


BAD_HANDSHAKES = {
    "no key": ({"Sec-WebSocket-Key": None}, None, {400}),
    "no version": ({"Sec-WebSocket-Version": None}, None, {400, 426}),
    "another version": ({"Sec-WebSocket-Version": "12"}, None, {400, 426}),
    "no upgrade": ({"Upgrade": None}, None, {400, 426}),
    "another upgrade": ({"Upgrade": "h2c"}, None, {400, 426}),
    "no connection": ({"Connection": "close"}, None, {400, 426}),
    "POST": ({"Content-Length": "0"}, "POST /ws/visitor HTTP/1.1", {400, 405}),
    "HTTP/1.0": ({}, "GET /ws/visitor HTTP/1.0", {400, 426, 505}),
}


@case("4.2.1", *BAD_HANDSHAKES)
async def a_handshake_has_to_be_whole(raw, what):
    headers, request, right = BAD_HANDSHAKES[what]
    status, _ = await raw.open(headers, request)
    assert status in right, status


@case("4.1")
async def names_in_a_handshake_have_no_case(raw):
    status, _ = await raw.open({"Upgrade": "WebSocket", "Connection": "keep-alive, upgrade"})
    assert status == 101, status


@case("9.1")
async def an_extension_that_is_offered_is_not_taken_up(raw):
    status, told = await raw.open({"Sec-WebSocket-Extensions": "permessage-deflate"})
    assert status == 101 and "sec-websocket-extensions" not in told, told


async def run(url, chatbot, section, name, test, values):
    """Runs a case and returns why it failed, if it did."""
    talk = Talk(url, chatbot)
    try:
        if not section.startswith(("4", "9")):
            await talk.begin()
        await test(talk, *values)
        why = None
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
    finally:
        await talk.close()
    words = f"FAILED\n  {why}" if why else "ok"
    print(f"test {section} {name} ... {words}", flush=True)
    return why


async def main():
    """Starts a server and runs all cases on it, some at a time."""
    server = Server(program=os.environ["BATON_BIN"])
    try:
        await server.open()
        chatbot = server.chatbot()
        # A connection that broke a rule lives on for a moment; they need not wait for each other.
        turns = asyncio.Semaphore(16)

        async def in_turn(each):
            async with turns:
                return await run(server.url, chatbot, *each)

        results = await asyncio.gather(*(in_turn(each) for each in CASES))
        failed = [why for why in results if why]
    finally:
        server.close()
    result = "FAILED" if failed else "ok"
    print(f"test result: {result}. {len(CASES) - len(failed)} passed; {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
