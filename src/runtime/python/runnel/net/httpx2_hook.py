"""httpx2 replaces its sockets by fetch when it sees Emscripten. Here it has sockets: it keeps them.

In its place of `httpx2_jsfetch` stands a module that leads back to httpx2's own transports, wherever what these need is
installed (packages/socket_markers.py sees to that).
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys

_REPLACED = "httpx2_jsfetch"
_NEEDED = "httpcore2"


class _Loader(importlib.abc.Loader):
    def exec_module(self, module) -> None:
        from httpx2._transports.default import AsyncHTTPTransport, HTTPTransport

        module.AsyncJavascriptFetchTransport = AsyncHTTPTransport
        module.JavascriptFetchTransport = HTTPTransport


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path=None, target=None):
        if fullname != _REPLACED or importlib.util.find_spec(_NEEDED) is None:
            return None
        return importlib.machinery.ModuleSpec(_REPLACED, _Loader())


def install() -> None:
    sys.meta_path.insert(0, _Finder())
