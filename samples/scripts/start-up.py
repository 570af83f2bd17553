#!/usr/bin/env python3
"""How long one GET takes as a whole process, by the martlet command and by a script with aiohttp, in turn.

    samples/scripts/start-up.py [RUNS] [--] [ARGUMENT...]

RUNS is 21 unless it is given; the arguments are those of martlet before the URL, "fetch" unless they are given. The server
is "martlet serve" in a process of its own. Prints the median of the wall and CPU seconds of both, and of their ratio pair by
pair: below 1, martlet is quicker. Needs python3 with aiohttp.
"""
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

MARTLET = os.environ.get("MARTLET", str(Path(__file__).resolve().parent.parent / "bin" / "martlet"))
SCRIPT = """
import asyncio, sys, aiohttp

async def main():
    async with aiohttp.ClientSession() as session:
        async with session.get(sys.argv[1]) as response:
            body = await response.read()
            print(response.status, len(body), response.url)

asyncio.run(main())
"""


def timed(command):
    """The wall and CPU seconds of a command, its children included."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


def main(arguments):
    runs = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 21
    martlet = [MARTLET, *([word for word in arguments if word != "--"] or ["fetch"])]
    server = subprocess.Popen([MARTLET, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().split()[1] + "get"
        ours, theirs = [*martlet, url], [sys.executable, "-c", SCRIPT, url]
        timed(ours), timed(theirs)  # once for the caches, and for the archive of classes
        pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
    finally:
        server.terminate()
        server.wait()
    for i, what in enumerate(("wall s", "CPU s")):
        a, b = [pair[0][i] for pair in pairs], [pair[1][i] for pair in pairs]
        ratio = statistics.median(x / y for x, y in zip(a, b))
        print(f"{what:7} martlet {statistics.median(a):.3f}  aiohttp {statistics.median(b):.3f}  ratio {ratio:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
