"""Enough of PostgreSQL's protocol to check a login and to answer one query."""

import struct

from local_server import LocalServer

ROW = {"current_user": "app", "version": "PostgreSQL 17.0"}
TEXT_TYPE = 25
TLS_REQUEST = struct.pack("!I", 80877103)


class LocalPostgresql(LocalServer):
    def serve(self, stream):
        startup = read_startup(stream)
        if startup[:4] == TLS_REQUEST:
            stream.write(b"N")
            startup = read_startup(stream)
        words = startup[4:].split(b"\0")
        settings = dict(zip(words[::2], words[1::2]))
        send(stream, b"R", struct.pack("!I", 3))
        _, password = receive(stream)
        self.logins.append(
            {
                "protocol": "postgresql",
                "user": settings[b"user"].decode(),
                "database": settings[b"database"].decode(),
                "passwordFits": password.rstrip(b"\0").decode() == self.auth.get("password"),
            }
        )
        send(stream, b"R", struct.pack("!I", 0))
        send(stream, b"Z", b"I")
        while True:
            kind, _ = receive(stream)
            if kind == b"X":
                return
            if kind == b"Q":
                send_rows(stream)


def read_startup(stream):
    (size,) = struct.unpack("!I", stream.read(4))
    return stream.read(size - 4)


def send_rows(stream):
    columns = b"".join(
        name.encode() + b"\0" + struct.pack("!IHIhih", 0, 0, TEXT_TYPE, -1, -1, 0) for name in ROW
    )
    send(stream, b"T", struct.pack("!H", len(ROW)) + columns)
    values = b"".join(struct.pack("!I", len(value)) + value.encode() for value in ROW.values())
    send(stream, b"D", struct.pack("!H", len(ROW)) + values)
    send(stream, b"C", b"SELECT 1\0")
    send(stream, b"Z", b"I")


def send(stream, kind, payload):
    stream.write(kind + struct.pack("!I", len(payload) + 4) + payload)


def receive(stream):
    kind = stream.read(1)
    (size,) = struct.unpack("!I", stream.read(4))
    return kind, stream.read(size - 4)
