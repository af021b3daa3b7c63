import http.client
import time


def measure(host: str, port: int, count: int, size: int) -> dict[str, float]:
    """Milliseconds: of one small GET on average, of `size` bytes down and up. One connection, kept alive."""
    connection = http.client.HTTPConnection(host, port, timeout=120)

    def ask(method: str, path: str, body: bytes | None = None) -> int:
        connection.request(method, path, body)
        return len(connection.getresponse().read())

    def timed(work) -> float:
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1000

    ask("GET", "/small")
    gets = timed(lambda: [ask("GET", "/small") for _ in range(count)]) / count
    body = b"z" * size
    down = timed(lambda: ask("GET", f"/big?{size}"))
    up = timed(lambda: ask("POST", "/up", body))
    return {"get": gets, "down": down, "up": up}
