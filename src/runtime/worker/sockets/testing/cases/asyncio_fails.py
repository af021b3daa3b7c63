"""The same on the event loop."""

import asyncio
import ssl

from support import HERE, PORTS


async def case_async_refused():
    await asyncio.open_connection(HERE, PORTS["refused"])


async def case_async_unknown_host():
    await asyncio.open_connection("nope.invalid", 80)


async def case_async_connect_timeout():
    await asyncio.wait_for(asyncio.open_connection(HERE, PORTS["full"]), 0.3)


async def case_async_read_timeout():
    reader, writer = await asyncio.open_connection(HERE, PORTS["silent"])
    try:
        await asyncio.wait_for(reader.read(1), 0.2)
    finally:
        writer.close()


async def case_async_reset():
    reader, writer = await asyncio.open_connection(HERE, PORTS["reset"])
    writer.write(b"x")
    await reader.read(1)


async def case_async_wrong_host():
    await asyncio.open_connection("localhost", PORTS["wrongHost"], ssl=ssl.create_default_context())


async def case_async_expired():
    await asyncio.open_connection("localhost", PORTS["expired"], ssl=ssl.create_default_context())


async def case_async_handshake_timeout():
    await asyncio.open_connection(
        "localhost", PORTS["silent"], ssl=ssl.create_default_context(), ssl_handshake_timeout=0.3
    )


async def case_async_incomplete_read():
    reader, writer = await asyncio.open_connection(HERE, PORTS["closes"])
    writer.write(b"x")
    await reader.readexactly(5)
