"""urllib3 (and with it requests) replaces its sockets by fetch when it sees Emscripten. Here it has sockets: it keeps them."""

import sys
import types


def install() -> None:
    stand_in = types.ModuleType("urllib3.contrib.emscripten")
    stand_in.__path__ = []
    stand_in.inject_into_urllib3 = lambda: None
    sys.modules["urllib3.contrib.emscripten"] = stand_in
