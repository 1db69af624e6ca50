"""A socket without a library: frames as bytes, so that every rule of RFC 6455 can be broken."""

import asyncio
import base64
import hashlib
import os
import struct

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
PATIENCE = 10


def frame(kind, payload=b"", fin=True, reserved=0, masked=True, length=None):
    """The bytes of a frame; `length` is what its head says, if that is to be something else."""
    length = len(payload) if length is None else length
    head = bytes([fin << 7 | reserved << 4 | kind])
    mask = 0x80 if masked else 0
    if length < 126:
        head += bytes([mask | length])
    elif length < 1 << 16:
        head += bytes([mask | 126]) + struct.pack(">H", length)
    else:
        head += bytes([mask | 127]) + struct.pack(">Q", length)
    if not masked:
        return head + payload
    key = os.urandom(4)
    mask = (key * (len(payload) // 4 + 1))[: len(payload)]
    hidden = int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")
    return head + key + hidden.to_bytes(len(payload), "big")


def close_payload(code, reason=b""):
    """What a close frame holds."""
    return struct.pack(">H", code) + reason


class Gone(Exception):
    """The server ended the connection without a close frame."""


class Raw:
    """One connection, byte by byte."""

    def __init__(self, server):
        self._host, self._port = server.removeprefix("http://").split(":")
        self.reader = self.writer = None

    async def open(self, headers=None, request=None):
        """Shakes hands and returns the status and the headers of the answer."""
        self.reader, self.writer = await asyncio.open_connection(self._host, self._port)
        key = base64.b64encode(os.urandom(16)).decode()
        all_headers = {
            "Host": f"{self._host}:{self._port}",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": key,
            "Sec-WebSocket-Protocol": "baton.v1.json",
            **(headers or {}),
        }
        lines = [request or "GET /ws/visitor HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in all_headers.items() if value is not None]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        answer = (await self._wait(self.reader.readuntil(b"\r\n\r\n"))).decode().split("\r\n")
        told = (line.split(": ", 1) for line in answer[1:] if line)
        told = {name.lower(): value for name, value in told}
        if answer[0].split()[1] == "101":
            accept = base64.b64encode(hashlib.sha1((key + MAGIC).encode()).digest()).decode()
            assert told["sec-websocket-accept"] == accept, told
        return int(answer[0].split()[1]), told

    def send(self, *frames):
        """Writes bytes, all at once."""
        self.writer.write(b"".join(frames))

    async def trickle(self, data):
        """Writes bytes one by one, each in a packet of its own."""
        for byte in data:
            self.writer.write(bytes([byte]))
            await self.writer.drain()
            await asyncio.sleep(0.002)

    async def receive(self):
        """The next frame, as its kind and payload."""
        try:
            head = await self._wait(self.reader.readexactly(2))
            assert head[0] & 0x70 == 0, f"reserved bits are set: {head}"
            assert head[1] & 0x80 == 0, "a server masks nothing (section 5.1)"
            length = head[1]
            if length == 126:
                length = struct.unpack(">H", await self._wait(self.reader.readexactly(2)))[0]
            elif length == 127:
                length = struct.unpack(">Q", await self._wait(self.reader.readexactly(8)))[0]
            payload = await self._wait(self.reader.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Gone from None
        return head[0] & 15, payload

    async def receive_text(self):
        """The next message; pings of the server are nobody's business here."""
        while True:
            kind, payload = await self.receive()
            if kind != PING:
                assert kind == TEXT, f"frame {kind}: {payload[:80]}"
                return payload.decode()

    async def receive_close(self):
        """The code of the close frame that comes next, or nothing when it holds none."""
        while True:
            kind, payload = await self.receive()
            if kind == CLOSE:
                payload[2:].decode()
                return struct.unpack(">H", payload[:2])[0] if payload else None

    async def ends(self):
        """Waits until the server has closed the connection under the WebSocket."""
        try:
            while await self._wait(self.reader.read(4096)):
                pass
        except ConnectionError:
            pass

    async def close(self):
        """Lets go of it."""
        if self.writer:
            self.writer.transport.abort()

    async def _wait(self, reading):
        return await asyncio.wait_for(reading, PATIENCE)
