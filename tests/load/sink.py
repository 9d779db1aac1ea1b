"""A mail server that takes everything and keeps nothing, as a process of its own.

`python -m tests.load.sink [EXTENSION …]` prints its port; each line on its input makes it print
how many mails it has had. It ends with its input. It offers the extensions that are named, such as
PIPELINING, which it takes as it reads lines one by one.
"""

import asyncio
import sys

from aiosmtpd.smtp import SMTP


class Counter:
    def __init__(self, extensions: list[str]) -> None:
        self.extensions = extensions
        self.mails = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        return [responses[0], *(f"250-{name}" for name in self.extensions), *responses[1:]]

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails += 1
        return "250 taken"


async def serve() -> None:
    """Take mail on a free port of this machine until the input ends."""
    counter = Counter(sys.argv[1:])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(counter, hostname="sink.example.nl", loop=loop), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(counter.mails, flush=True)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve())
