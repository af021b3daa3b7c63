"""Real sockets for Python in the browser: names, TCP, TLS and asyncio over the gateway.

`install()` mends Python's modules and needs no host object, so it runs before the memory snapshot is taken. `attach()` gives the
host object (`Relay` in worker/sockets/relay.ts) after the start.
"""

_installed = False


def install() -> None:
    """Mends socket, ssl, asyncio and pools of threads; prepares anyio, urllib3 and httpx2 for their import. Further calls do nothing."""
    global _installed
    if _installed:
        return
    _installed = True
    from . import anyio_hook, executors, httpx2_hook, loop, names, programs, pyfetch_hook, sockets, tls, urllib3_hook

    names.install()
    sockets.install()
    tls.install()
    loop.install()
    anyio_hook.install()
    urllib3_hook.install()
    pyfetch_hook.install()
    httpx2_hook.install()
    executors.install()
    programs.install()


def attach(relay) -> None:
    """Takes the host object; what was remembered with an earlier one is forgotten."""
    from . import blocking, host, names, tls_context

    install()
    if not relay.canSuspend():
        relay = blocking.install(relay)
    host.attach(relay)
    names.forget()
    tls_context.provide_usual_file()
