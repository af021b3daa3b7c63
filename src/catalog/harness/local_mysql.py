"""Enough of MySQL's protocol to check a login and to answer one SELECT."""

import hashlib
import struct

from local_server import LocalServer

SALT = b"12345678abcdefghijkl"
PLUGIN = b"mysql_native_password"
ROW = {"user": "app@%", "version": "8.4.0"}


class LocalMysql(LocalServer):
    def serve(self, stream):
        send(stream, 0, greeting())
        sequence, login = receive(stream)
        user, rest = login[32:].split(b"\0", 1)
        proof, rest = rest[1 : 1 + rest[0]], rest[1 + rest[0] :]
        database = rest.split(b"\0", 1)[0]
        password = self.auth.get("password", "").encode()
        self.logins.append(
            {
                "protocol": "mysql",
                "user": user.decode(),
                "database": database.decode(),
                "passwordFits": proof == scramble(password),
            }
        )
        send(stream, sequence + 1, ok())
        while True:
            _, command = receive(stream)
            if command[:1] == b"\x01":
                return
            if command[1:].upper().startswith(b"SELECT"):
                send_rows(stream)
            else:
                send(stream, 1, ok())


def greeting():
    return (
        b"\x0a8.4.0\0"
        + struct.pack("<I", 7)
        + SALT[:8]
        + b"\0"
        + struct.pack("<HBHH", 0xF7FF, 45, 2, 0x0008 | 0x0001)
        + bytes([len(SALT) + 1])
        + b"\0" * 10
        + SALT[8:]
        + b"\0"
        + PLUGIN
        + b"\0"
    )


def scramble(password):
    """What a client sends to prove that it knows the password."""
    first = hashlib.sha1(password).digest()
    second = hashlib.sha1(SALT + hashlib.sha1(first).digest()).digest()
    return bytes(a ^ b for a, b in zip(first, second))


def send_rows(stream):
    send(stream, 1, bytes([len(ROW)]))
    for sequence, name in enumerate(ROW, 2):
        column = b"\x03def" + b"\0" * 3 + text(name) + b"\0"
        column += b"\x0c" + struct.pack("<HIBHBH", 45, 1024, 0xFD, 0, 0, 0)
        send(stream, sequence, column)
    send(stream, 4, b"\xfe\0\0\2\0")
    send(stream, 5, b"".join(text(value) for value in ROW.values()))
    send(stream, 6, b"\xfe\0\0\2\0")


def text(value):
    return bytes([len(value)]) + value.encode()


def ok():
    return b"\0\0\0\2\0\0\0"


def send(stream, sequence, payload):
    stream.write(struct.pack("<I", len(payload))[:3] + bytes([sequence]) + payload)


def receive(stream):
    head = stream.read(4)
    return head[3], stream.read(int.from_bytes(head[:3], "little"))
