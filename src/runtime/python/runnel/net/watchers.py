"""`add_reader` and `add_writer` of asyncio, which Pyodide's loop leaves out."""

import asyncio
import select

from . import host

_READ = select.POLLIN | select.POLLERR | select.POLLHUP
_WRITE = select.POLLOUT | select.POLLERR | select.POLLHUP

# Tasks by loop, file descriptor and direction.
_watching: dict[tuple[int, int, int], asyncio.Task] = {}


def _number(fd) -> int:
    return fd if isinstance(fd, int) else fd.fileno()


def _watch(loop, fd, bits: int, callback, args) -> None:
    number = _number(fd)
    _unwatch(loop, number, bits)

    async def watch() -> None:
        while await host.relay().ready(number, bits):
            callback(*args)
            # As a selector would: the callback takes what is there before it is asked again.
            await asyncio.sleep(0)

    _watching[id(loop), number, bits] = loop.create_task(watch())


def _unwatch(loop, fd, bits: int) -> bool:
    task = _watching.pop((id(loop), _number(fd), bits), None)
    if task is None:
        return False
    task.cancel()
    return True


def install(loop_class) -> None:
    loop_class.add_reader = lambda self, fd, callback, *args: _watch(self, fd, _READ, callback, args)
    loop_class.add_writer = lambda self, fd, callback, *args: _watch(self, fd, _WRITE, callback, args)
    loop_class.remove_reader = lambda self, fd: _unwatch(self, fd, _READ)
    loop_class.remove_writer = lambda self, fd: _unwatch(self, fd, _WRITE)
