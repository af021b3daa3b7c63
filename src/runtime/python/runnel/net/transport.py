"""An asyncio transport over a connected socket, plain or TLS."""

import asyncio
import socket
import ssl
from asyncio import transports
from typing import Any

from pyodide.ffi import to_js

from . import host, proxies, targets
from .failures import Failure, connection_error
from .tls import AgreedTls

_READ_BYTES = 256 * 1024
_PIECES = 8


class SocketTransport(transports._FlowControlMixin, asyncio.Transport):
    """Reads as long as the protocol wants more, and holds back a protocol that writes faster than the peer reads."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        sock: socket.socket,
        protocol: asyncio.BaseProtocol,
        tls: AgreedTls | None = None,
    ) -> None:
        super().__init__(loop=loop)
        self._sock = sock
        self._fd = sock.fileno()
        self._protocol = protocol
        self._held_back = 0
        self._closing = False
        self._lost = False
        self._end_of_writing = False
        self._reading_paused = False
        self._resumed: asyncio.Future[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._extra.update(socket=sock, sockname=sock.getsockname(), peername=sock.getpeername())
        if tls:
            self.set_tls(tls)

    def set_tls(self, tls: AgreedTls) -> None:
        """Shows what a handshake agreed on."""
        self._extra.update(
            ssl_object=tls,
            sslcontext=tls.context,
            peercert=tls.getpeercert(),
            cipher=tls.cipher(),
            compression=None,
        )

    def start(self) -> None:
        """Tells the protocol of its connection and begins to read."""
        self._protocol.connection_made(self)
        self._spawn(self._read())

    def _spawn(self, coroutine) -> None:
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Reading

    async def _read(self) -> None:
        try:
            while not self._closing:
                failure = host.failure_of(await host.relay().readable(self._fd))
                await self._wait_for_resume()
                if self._closing:
                    return
                if failure:
                    self._fail_with(failure, "read")
                    return
                # Several pieces at a time: each wait costs as much as 100 kB.
                for _ in range(_PIECES):
                    if not self._deliver():
                        return
                    if not self.is_reading() or host.relay().pending(self._fd) == 0:
                        break
        except (SystemExit, KeyboardInterrupt, asyncio.CancelledError):
            raise
        except BaseException as error:
            self._fail(error, "Fatal read error on socket transport")

    def _deliver(self) -> bool:
        """Passes on what was received; False at the end."""
        if isinstance(self._protocol, asyncio.BufferedProtocol):
            buffer = memoryview(self._protocol.get_buffer(-1))
            data = host.relay().take(self._fd, len(buffer)).to_bytes()
            buffer[: len(data)] = data
            if data:
                self._protocol.buffer_updated(len(data))
        else:
            data = host.relay().take(self._fd, _READ_BYTES).to_bytes()
            if data:
                self._protocol.data_received(data)
        if data:
            return True
        keep_open = self._protocol.eof_received()
        if not keep_open:
            self.close()
        return False

    async def _wait_for_resume(self) -> None:
        while self._reading_paused and not self._closing:
            self._resumed = self._loop.create_future()
            await self._resumed

    def is_reading(self) -> bool:
        return not self._reading_paused and not self._closing

    def pause_reading(self) -> None:
        if not self._closing:
            self._reading_paused = True

    def resume_reading(self) -> None:
        if not self._closing:
            self._reading_paused = False
            self._wake_reader()

    def _wake_reader(self) -> None:
        if self._resumed and not self._resumed.done():
            self._resumed.set_result(None)

    # Writing

    def write(self, data) -> None:
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data: a bytes-like object is required, not {type(data).__name__!r}")
        if self._end_of_writing:
            raise RuntimeError("Cannot call write() after write_eof()")
        if not data or self._closing:
            return
        try:
            proxies.refuse(data, self._fd)
        except PermissionError as error:
            self._fail(error, "A proxy was refused")
            return
        held_back = host.relay().send(self._fd, to_js(bytes(data)))
        if held_back < 0:
            failure = host.failure_of(host.relay().failure(self._fd)) or Failure("EPIPE", "")
            self._fail_with(failure, "write")
            return
        draining = self._held_back > 0
        self._held_back = held_back
        self._maybe_pause_protocol()
        if held_back > 0 and not draining:
            self._spawn(self._drain())

    async def _drain(self) -> None:
        while self._held_back > 0:
            low = self._low_water if self._protocol_paused else 0
            failure = host.failure_of(await host.relay().drained(self._fd, low))
            if failure:
                if not self._lost:
                    self._fail_with(failure, "write")
                return
            self._held_back = low
            self._maybe_resume_protocol()

    def get_write_buffer_size(self) -> int:
        return self._held_back

    def can_write_eof(self) -> bool:
        return "ssl_object" not in self._extra

    def write_eof(self) -> None:
        if self._closing or self._end_of_writing:
            return
        self._end_of_writing = True
        self._spawn(self._shut_writing())

    async def _shut_writing(self) -> None:
        failure = host.failure_of(await host.relay().drained(self._fd, 0))
        if not failure and not self._lost:
            self._sock.shutdown(socket.SHUT_WR)

    # The end

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if self._closing:
            return
        self._closing = True
        self._wake_reader()
        self._spawn(self._close_when_sent())

    async def _close_when_sent(self) -> None:
        if self._held_back > 0:
            await host.relay().drained(self._fd, 0)
        self._lose(None)

    def abort(self) -> None:
        self._force_close(None)

    def _fail_with(self, failure: Failure, action: str) -> None:
        if failure.code == "STOPPED":
            # The step is over or being stopped: nobody is left to hear of an error.
            self._force_close(None)
        else:
            error = targets.mark(connection_error(failure), self._fd, action)
            self._fail(error, f"Fatal {action} error on socket transport")

    def _fail(self, error: BaseException, message: str) -> None:
        if not isinstance(error, OSError):
            self._loop.call_exception_handler(
                {"message": message, "exception": error, "transport": self, "protocol": self._protocol}
            )
        self._force_close(error)

    def _force_close(self, error: BaseException | None) -> None:
        self._closing = True
        self._wake_reader()
        self._loop.call_soon(self._lose, error)

    def _lose(self, error: BaseException | None) -> None:
        if self._lost:
            return
        self._lost = True
        self._held_back = 0
        try:
            self._protocol.connection_lost(error)
        finally:
            self._sock.close()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self._protocol

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._extra.get(name, default)


def default_context(context: ssl.SSLContext | bool) -> ssl.SSLContext:
    """asyncio's `ssl=True`."""
    return ssl.create_default_context() if context is True else context
