"""The program of aiohttp: the same commands and answers as WorkerMain's.

Arguments: certificate to trust (may be empty), library, mode, most in flight, kind, URL, close or keep, bytes expected
(-1: as many as in the first response), bytes sent.
"""

import asyncio
import json
import resource
import ssl
import sys
import time

import aiohttp


class Loop:
    def __init__(self, session, arguments):
        self.session = session
        self.kind, self.url, close, expected, uploaded = arguments[4:9]
        self.headers = {"Connection": "close"} if close == "close" else None
        self.expected = int(expected)
        self.upload = bytes(int(uploaded))

    async def exchange(self):
        if self.kind == "UPLOAD":
            request = self.session.post(self.url, data=self.upload)
        else:
            request = self.session.get(self.url, headers=self.headers)
        async with request as response:
            if self.kind == "DOWNLOAD":
                length = 0
                async for piece in response.content.iter_any():
                    length += len(piece)
            else:
                length = len(await response.read())
        if self.expected < 0:
            self.expected = length
        if response.status != 200 or length != self.expected:
            raise ValueError(f"Status {response.status}, {length} bytes instead of {self.expected} from {self.url}")

    async def chain(self, may_start, latencies, errors):
        while may_start():
            start = time.perf_counter_ns()
            try:
                await self.exchange()
            except Exception as failure:
                errors.append(f"{type(failure).__name__}: {failure}")
                return
            latencies.append(time.perf_counter_ns() - start)

    async def measure(self, in_flight, may_start):
        latencies, errors = [], []
        cpu, start = time.process_time_ns(), time.perf_counter_ns()
        await asyncio.gather(*(self.chain(may_start, latencies, errors) for _ in range(in_flight)))
        nanos, cpu = time.perf_counter_ns() - start, time.process_time_ns() - cpu
        latencies.sort()
        result = {
            "requests": len(latencies),
            "nanos": nanos,
            "cpuNanos": cpu,
            "processCpuNanos": time.process_time_ns(),
            "p50Nanos": percentile(latencies, 0.5),
            "p99Nanos": percentile(latencies, 0.99),
            "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "errors": len(errors),
        }
        if errors:
            result["error"] = errors[0]
        return result


def percentile(sorted_values, part):
    return sorted_values[int((len(sorted_values) - 1) * part)] if sorted_values else 0


def limit(command, amount):
    """What tells whether one more request may begin."""
    if command == "time":
        deadline = time.perf_counter() + amount / 1000
        return lambda: time.perf_counter() < deadline
    left = iter(range(amount))
    return lambda: next(left, None) is not None


async def main():
    certificate, in_flight = sys.argv[1], int(sys.argv[4])
    trust = ssl.create_default_context(cafile=certificate) if certificate else None
    connector = aiohttp.TCPConnector(limit=in_flight, ssl=trust)
    timeout = aiohttp.ClientTimeout(total=300)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        loop = Loop(session, sys.argv[1:])
        for line in sys.stdin:
            command, at_once, amount = line.split()
            print(json.dumps(await loop.measure(int(at_once), limit(command, int(amount)))), flush=True)


asyncio.run(main())
