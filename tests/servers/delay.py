"""A long line on loopback: every byte arrives so much later, in both directions.

    python -m tests.servers.delay PORT MILLISECONDS    # one way; prints the port it listens on

A process of its own, for it would otherwise share the interpreter with whoever is measured.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

PIECE = 1 << 18


async def _later(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    """What is read now is written `delay` seconds from now; the line itself has no limit."""
    clock = asyncio.get_running_loop().time
    queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=4096)

    async def deliver() -> None:
        while True:
            due, piece = await queue.get()
            await asyncio.sleep(max(due - clock(), 0))
            if not piece:
                writer.close()
                return
            writer.write(piece)
            await writer.drain()

    delivery = asyncio.create_task(deliver())
    while True:
        piece = await reader.read(PIECE)
        await queue.put((clock() + delay, piece))
        if not piece:
            break
    await delivery


async def _serve(port: int, delay: float) -> None:
    async def connection(near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        await asyncio.sleep(2 * delay)  # the handshake of TCP: a round trip of its own
        far, out = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        both = (_later(near, out, delay), _later(far, back, delay))
        await asyncio.gather(*both, return_exceptions=True)

    server = await asyncio.start_server(connection, "127.0.0.1", 0, limit=1 << 22)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def delay(port: int, seconds: float) -> Iterator[int]:
    """A port that leads to `port`, `seconds` away."""
    command = [sys.executable, "-m", "tests.servers.delay", str(port), str(seconds * 1000)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2]) / 1000))
