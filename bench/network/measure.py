import http.client
import io
import time


class Canned:
    """A socket whose answer is there already: what is left is http.client's own work."""

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\nKeep-Alive: timeout=600\r\n\r\n" + b"x" * 200)

    def sendall(self, data: bytes) -> None:
        pass


def measure(host: str, port: int, count: int, size: int) -> dict[str, float]:
    """Milliseconds: of one small GET (and of http.client alone), of `size` bytes down and up. One connection, kept alive."""
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
    connection.close()
    connection.sock = Canned()
    python = timed(lambda: [ask("GET", "/small") for _ in range(count)]) / count
    return {"get": gets, "down": down, "up": up, "python": python}
