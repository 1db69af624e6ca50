#!/usr/bin/env python3
"""Plays a whole handoff with a client that was written from docs/protocol.md alone.

Without an address it starts a demo of its own, from the program that BATON_BIN names.
Ends with a status other than 0 when anything is not as the page says.
"""

import argparse
import asyncio
import os
import sys
import time
import traceback

from link import Link
from server import Server
from story import STEPS, Story
from tamper import TAMPERS, Tamper, changes_nothing


async def tell(server, sockets=None, quiet=False):
    """Plays the story and returns what passed and what failed; nothing follows a failure."""
    story = Story(server, sockets)
    passed, failed = [], []
    for step in STEPS:
        began, name = time.monotonic(), step.__name__
        try:
            await step(story)
            passed.append(name)
            words = f"ok ({time.monotonic() - began:.1f} s)"
        except Exception as error:
            failed.append(name)
            frames = traceback.extract_tb(error.__traceback__)
            line = next((f.lineno for f in reversed(frames) if f.filename.endswith("story.py")), 0)
            words = f"FAILED (story.py:{line})\n  {type(error).__name__}: {error}"
        if not quiet:
            print(f"test {name} ... {words}", flush=True)
        if failed:
            break
    await story.close()
    return passed, failed


async def prove(server):
    """Plays the story with each tamper in between; every one has to be noticed, and none without."""
    passed, failed = [], []
    # What does not come at once will not come.
    Link.patience = 6
    for spoil in [changes_nothing, *TAMPERS]:
        name = spoil.__name__
        tamper = Tamper(spoil, server.url)
        await tamper.open()
        _, broken = await tell(server, tamper.url, quiet=True)
        await tamper.close()
        good = tamper.worked and broken if spoil in TAMPERS else not broken
        where = f"noticed in {broken[0]}" if broken else "not noticed"
        print(f"test a_network_that_{name} ... {'ok' if good else 'FAILED'}, {where}", flush=True)
        (passed if good else failed).append(name)
    return passed, failed


async def main():
    """Reads the arguments, finds a server and plays."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", help="a demo that runs already, such as http://127.0.0.1:8080")
    arguments.add_argument("--prove", action="store_true", help="show that broken promises are noticed")
    chosen = arguments.parse_args()
    program = os.environ.get("BATON_BIN")
    if not (chosen.url or program):
        arguments.error("name a server: --url, or its program in BATON_BIN")
    server = Server(chosen.url, None if chosen.url else program)
    try:
        await server.open()
        passed, failed = await (prove(server) if chosen.prove else tell(server))
    finally:
        server.close()
    result = "FAILED" if failed else "ok"
    print(f"test result: {result}. {len(passed)} passed; {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
