"""anyio (httpx's async client) makes TLS with a memory BIO, which the `ssl` stub has not: the gateway makes it instead."""

import asyncio
import importlib.abc
import importlib.machinery
import ssl
import sys

_MODULE = "anyio.streams.tls"


class _Finder(importlib.abc.MetaPathFinder):
    """Finds anyio's module as usual, and mends it once it has run."""

    def find_spec(self, fullname, path=None, target=None):
        if fullname != _MODULE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec and spec.loader:
            run = spec.loader.exec_module

            def run_and_mend(module):
                run(module)
                _mend(module)

            spec.loader.exec_module = run_and_mend
        return spec


def _mend(module) -> None:
    from anyio.abc import ByteStream

    attributes = module.TLSAttribute

    class GatewayTLSStream(ByteStream):
        """A stream whose transport was made TLS in place."""

        def __init__(self, stream, tls) -> None:
            self._stream = stream
            self._tls = tls

        async def receive(self, max_bytes: int = 65536) -> bytes:
            return await self._stream.receive(max_bytes)

        async def send(self, item: bytes) -> None:
            await self._stream.send(item)

        async def send_eof(self) -> None:
            raise NotImplementedError("send_eof() has not yet been implemented for TLS streams")

        async def aclose(self) -> None:
            await self._stream.aclose()

        @property
        def extra_attributes(self):
            tls = self._tls
            return {
                **self._stream.extra_attributes,
                attributes.alpn_protocol: tls.selected_alpn_protocol,
                attributes.cipher: tls.cipher,
                attributes.peer_certificate: lambda: tls.getpeercert(False),
                attributes.peer_certificate_binary: lambda: tls.getpeercert(True),
                attributes.server_side: lambda: False,
                attributes.ssl_object: lambda: tls,
                attributes.standard_compatible: lambda: True,
                attributes.tls_version: tls.version,
            }

    async def wrap(
        cls,
        transport_stream,
        *,
        server_side=None,
        hostname=None,
        ssl_context=None,
        standard_compatible=True,
    ):
        if server_side:
            raise NotImplementedError("server-side TLS can't be used here: a step can only connect to servers")
        transport = await asyncio.get_running_loop().start_tls(
            transport_stream._transport,
            transport_stream._protocol,
            ssl_context or ssl.create_default_context(),
            server_hostname=hostname,
        )
        return GatewayTLSStream(transport_stream, transport.get_extra_info("ssl_object"))

    module.TLSStream.wrap = classmethod(wrap)


def install() -> None:
    sys.meta_path.insert(0, _Finder())
