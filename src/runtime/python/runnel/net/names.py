"""Names to addresses. A look-up answers an address that stands for the name, since the gateway connects by name."""

import socket
import time

from . import host, targets
from .failures import connection_error

_REMEMBERED_SECONDS = 30
_REMEMBERED_NAMES = 1000

_getaddrinfo = socket.getaddrinfo
_resolved: dict[str, tuple[str, float]] = {}


def forget() -> None:
    """Drops what was looked up."""
    _resolved.clear()


def is_ipv4(name: str) -> bool:
    try:
        socket.inet_pton(socket.AF_INET, name)
    except OSError:
        return False
    return True


def is_ipv6(name: str) -> bool:
    try:
        socket.inet_pton(socket.AF_INET6, name)
    except (OSError, AttributeError):
        return False
    return True


def as_text(name: str | bytes | bytearray) -> str:
    """The name in ASCII. Raises UnicodeError where it can't be a host name."""
    if isinstance(name, (bytes, bytearray)):
        return bytes(name).decode("ascii")
    return name.encode("idna").decode("ascii")


def resolve(name: str, port=None) -> str:
    """The address of a host. Raises gaierror where it has none."""
    return _remembered(name) or _remember(name, host.wait(host.relay().resolve(name)), port)


async def resolve_async(name: str, port=None) -> str:
    """As `resolve`, without blocking the event loop."""
    return _remembered(name) or _remember(name, await host.relay().resolve(name), port)


def _remembered(name: str) -> str | None:
    address, until = _resolved.get(name, ("", 0.0))
    return address if until > time.monotonic() else None


def _remember(name: str, answer: str, port=None) -> str:
    failure = host.failure_of(answer)
    if failure:
        raise targets.mark_host(connection_error(failure), name, port, "look-up")
    if len(_resolved) >= _REMEMBERED_NAMES:
        _resolved.clear()
    address = host.parse(answer)["address"]
    _resolved[name] = (address, time.monotonic() + _REMEMBERED_SECONDS)
    return address


# Names by the addresses that stand for them.
_stood_for: dict[str, str] = {}


def stand_in(name: str) -> str:
    """The IPv4 address that stands for a name or an IPv6 address in this worker; an IPv4 address stands for itself."""
    if is_ipv4(name):
        return name
    address = host.relay().addressOf(name)
    _stood_for[address] = name
    return address


def name_of(address: str) -> str:
    """The name that an address stands for, else the address."""
    return _stood_for.get(address, address)


def needs_look_up(name: str) -> bool:
    return not is_ipv4(name) and not is_ipv6(name)


def _check(name, family: int, flags: int) -> str | None:
    """The text of a name that must be looked up, or None."""
    if not name:
        return None
    text = as_text(name)
    if not needs_look_up(text):
        return None
    if flags & socket.AI_NUMERICHOST:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if family not in (socket.AF_UNSPEC, socket.AF_INET):
        raise socket.gaierror(socket.EAI_FAMILY, "this network reaches hosts by IPv4 sockets only")
    return text


def _infos(name, port, family: int, type: int, proto: int, flags: int) -> list:
    flags &= ~socket.AI_ADDRCONFIG
    if not name:
        return _getaddrinfo(name, port, socket.AF_INET, type, proto, flags)
    if family == socket.AF_UNSPEC:
        family = socket.AF_INET
    address = stand_in(as_text(name)) if family == socket.AF_INET else name
    return _getaddrinfo(address, port, family, type, proto, flags)


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """As socket.getaddrinfo; only IPv4 answers, also for hosts that the gateway reaches by IPv6."""
    text = _check(host, family, flags)
    if text is not None:
        resolve(text, port)
    return _infos(host, port, family, type, proto, flags)


async def getaddrinfo_async(host, port, family=0, type=0, proto=0, flags=0):
    """As `getaddrinfo`, without blocking the event loop."""
    text = _check(host, family, flags)
    if text is not None:
        await resolve_async(text, port)
    return _infos(host, port, family, type, proto, flags)


def gethostbyname(hostname):
    """As socket.gethostbyname: the real address."""
    text = as_text(hostname)
    if text == "":
        return "0.0.0.0"
    return resolve(text) if needs_look_up(text) else text


def gethostbyname_ex(hostname):
    """As socket.gethostbyname_ex, without aliases."""
    return as_text(hostname), [], [gethostbyname(hostname)]


def install() -> None:
    socket.getaddrinfo = getaddrinfo
    socket.gethostbyname = gethostbyname
    socket.gethostbyname_ex = gethostbyname_ex
