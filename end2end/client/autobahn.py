#!/usr/bin/env python3
"""Runs the Autobahn test suite against the socket that says back what it is told.

Only a server with switches for defects has that socket; BATON_BIN names its program.
Prints one line of JSON with the figures, and ends with a status other than 0 when a case failed.
"""

import argparse
import asyncio
import json
import os
import struct
import sys
from collections import Counter

from server import Server, free_port

# What is not there on purpose; docs/reliability.md says why.
TOO_BIG = [f"9.{part}.{case}" for part in (1, 2) for case in range(2, 7)] + ["9.3.*", "9.4.*", "9.5.*", "9.6.*"]
COMPRESSION = ["12.*", "13.*"]
# The suite takes a minute.
PATIENCE = 300
GOOD = {"OK", "NON-STRICT", "INFORMATIONAL"}


async def play(python, url, folder):
    """Runs all cases and returns what the suite reports of each."""
    spec = {
        "outdir": os.path.join(folder, "reports"),
        "servers": [{"agent": "baton", "url": url, "options": {"version": 18}}],
        "cases": ["*"],
        "exclude-cases": TOO_BIG + COMPRESSION,
        "exclude-agent-cases": {},
    }
    os.makedirs(folder, exist_ok=True)
    index = os.path.join(spec["outdir"], "index.json")
    if os.path.exists(index):
        os.remove(index)
    path = os.path.join(folder, "spec.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(spec, file)
    program = "from autobahntestsuite.wstest import run; run()"
    arguments = [python, "-c", program, "-m", "fuzzingclient", "-s", path]
    suite = await asyncio.create_subprocess_exec(*arguments, stdout=sys.stderr, cwd=folder)
    try:
        await asyncio.wait_for(suite.wait(), PATIENCE)
    except asyncio.TimeoutError:
        suite.kill()
        raise AssertionError(f"the suite did not end within {PATIENCE} s") from None
    with open(index, encoding="utf-8") as file:
        return json.load(file)["baton"]


async def wrong_codes(server):
    """Stands before the server and says 1000 where it names a rule that was broken."""
    port = free_port()

    async def carry(reader, writer):
        host, behind = server.removeprefix("http://").split(":")
        their_reader, their_writer = await asyncio.open_connection(host, behind)
        ways = [copy(reader, their_writer, bytes), copy(their_reader, writer, spoil)]
        ways = [asyncio.create_task(way) for way in ways]
        # Who ends first ends both.
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, their_writer):
            end.close()

    async def copy(source, target, change):
        try:
            while data := await source.read(65536):
                target.write(change(data))
                await target.drain()
        except ConnectionError:
            pass

    def spoil(data):
        for code in (1002, 1007):
            frame = b"\x88\x02" + struct.pack(">H", code)
            data = data.replace(frame, b"\x88\x02" + struct.pack(">H", 1000))
        return data

    listener = await asyncio.start_server(carry, "127.0.0.1", port)
    return listener, f"http://127.0.0.1:{port}"


def judge(report):
    """One line about all cases."""
    broken = {}
    for name, case in report.items():
        if case["behavior"] not in GOOD or case["behaviorClose"] not in GOOD:
            what = f"{case['behavior']}, closed: {case['behaviorClose']}"
            broken.setdefault("failed", {"times": 0, "case": f"{name}: {what}"})["times"] += 1
    if len(report) < 250:
        broken["not_played"] = {"times": 1, "case": f"{len(report)} cases only"}
    kinds = Counter(case["behavior"].lower() for case in report.values())
    return {
        "gate": "autobahn",
        "passed": not broken,
        "broken": broken,
        "figures": {"cases": len(report), **kinds, "left_out": TOO_BIG + COMPRESSION},
    }


async def main():
    """Reads the arguments, starts a server and runs the suite."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--python2", required=True, help="a Python 2.7 that has autobahntestsuite")
    arguments.add_argument("--folder", required=True, help="where the suite writes its reports")
    arguments.add_argument("--sabotage", choices=["wrong-codes"], help="a defect that has to be caught")
    chosen = arguments.parse_args()
    server = Server(program=os.environ["BATON_BIN"])
    try:
        await server.open()
        url, listener = server.url, None
        if chosen.sabotage:
            listener, url = await wrong_codes(server.url)
        folder = os.path.abspath(chosen.folder)
        report = judge(await play(chosen.python2, server.socket("echo", url), folder))
    finally:
        server.close()
    print(json.dumps(report), flush=True)
    return 0 if report["passed"] else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
