"""A server for tests of clients. Says its port when it listens, and nothing else."""

import asyncio
import hashlib
import logging
import sys

from aiohttp import web

MOST_BODY = 1 << 20

# Of clients that leave, and of requests that come while it closes their connection, it tells at length.
logging.disable(logging.CRITICAL)


async def count(request):
    """Which of these requests of its connection this is."""
    transport = request.transport
    transport.martlet_requests = getattr(transport, "martlet_requests", 0) + 1
    return web.Response(text=f"{transport.martlet_requests}")


async def digest(request):
    """The length and the SHA-256 of the body, however long it is."""
    sha256, length = hashlib.sha256(), 0
    async for piece in request.content.iter_any():
        sha256.update(piece)
        length += len(piece)
    framing = request.headers.get("Transfer-Encoding", "length")
    return web.Response(text=f"{framing} {length} {sha256.hexdigest()}")


async def small(request):
    """Reads a body of at most a mebibyte: aiohttp answers 413 amid one that is longer."""
    return web.Response(text=f"{len(await request.read())}")


async def refuse(request):
    """Says no where it should say 100 (Continue)."""
    raise web.HTTPForbidden(text="not wanted")


async def chunks(request):
    """Numbered lines, each a chunk."""
    response = web.StreamResponse()
    response.enable_chunked_encoding()
    if "deflate" in request.query:
        response.enable_compression(web.ContentCoding.deflate)
    await response.prepare(request)
    for number in range(int(request.match_info["count"])):
        await response.write(b"line %d\n" % number)
    await response.write_eof()
    return response


async def broken(request):
    """Breaks off: before the head, amid a body of a known length, or between two chunks."""
    where = request.match_info["where"]
    if where != "head":
        response = web.StreamResponse()
        if where == "chunks":
            response.enable_chunked_encoding()
        else:
            response.content_length = 1000
        await response.prepare(request)
        await response.write(b"x" * 100)
    request.transport.close()
    await asyncio.Event().wait()


async def serve(keep_alive):
    app = web.Application(client_max_size=MOST_BODY)
    app.router.add_get("/count", count)
    app.router.add_post("/digest", digest)
    app.router.add_post("/small", small)
    app.router.add_post("/refused", digest, expect_handler=refuse)
    app.router.add_get("/chunks/{count}", chunks)
    app.router.add_get("/broken/{where}", broken)
    runner = web.AppRunner(app, keepalive_timeout=keep_alive)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(serve(float(sys.argv[1])))
