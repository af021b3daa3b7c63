"""Enough of MongoDB's protocol for a SCRAM-SHA-256 login and `connectionStatus`."""

import base64
import hashlib
import hmac
import struct

import bson
from local_server import LocalServer

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
SALT, ROUNDS = b"salt-of-the-test", 4096
HELLO = {
    "isWritablePrimary": True,
    "ismaster": True,
    "helloOk": True,
    "maxBsonObjectSize": 16_777_216,
    "maxMessageSizeBytes": 48_000_000,
    "maxWriteBatchSize": 100_000,
    "minWireVersion": 0,
    "maxWireVersion": 21,
    "readOnly": False,
    "ok": 1.0,
}


class LocalMongodb(LocalServer):
    def serve(self, stream):
        login = {}
        while True:
            size, request, _, code = struct.unpack("<iiii", stream.read(16))
            message = stream.read(size - 16)
            if code == OP_QUERY:
                start = message.index(b"\0", 4) + 9
                reply = self.answer(bson.decode(message[start:]), login)
                body = struct.pack("<iqii", 8, 0, 0, 1) + bson.encode(reply)
                stream.write(struct.pack("<iiii", 16 + len(body), 1, request, OP_REPLY) + body)
            else:
                reply = self.answer(bson.decode(message[5:]), login)
                body = struct.pack("<IB", 0, 0) + bson.encode(reply)
                stream.write(struct.pack("<iiii", 16 + len(body), 1, request, OP_MSG) + body)

    def answer(self, command, login):
        name = next(iter(command))
        if name in ("hello", "ismaster", "isMaster"):
            mechanisms = {"saslSupportedMechs": ["SCRAM-SHA-256"]} if "saslSupportedMechs" in command else {}
            return {**HELLO, **mechanisms}
        if name == "saslStart":
            return self.start(command, login)
        if name == "saslContinue":
            return self.proceed(command, login)
        if name == "connectionStatus":
            users = [{"user": login.get("user"), "db": "admin"}]
            return {"authInfo": {"authenticatedUsers": users, "authenticatedUserRoles": []}, "ok": 1.0}
        return {"ok": 1.0}

    def start(self, command, login):
        first = bytes(command["payload"]).decode().removeprefix("n,,")
        fields = parts(first)
        login["user"] = fields["n"].replace("=2C", ",").replace("=3D", "=")
        challenge = f"r={fields['r']}server,s={base64.b64encode(SALT).decode()},i={ROUNDS}"
        login["transcript"] = f"{first},{challenge}"
        return {"conversationId": 1, "done": False, "payload": challenge.encode(), "ok": 1.0}

    def proceed(self, command, login):
        final = bytes(command["payload"]).decode()
        without_proof, proof = final.rsplit(",p=", 1)
        transcript = f"{login['transcript']},{without_proof}".encode()
        password = self.auth.get("password", "").encode()
        salted = hashlib.pbkdf2_hmac("sha256", password, SALT, ROUNDS)
        client_key = digest(salted, b"Client Key")
        signature = digest(hashlib.sha256(client_key).digest(), transcript)
        expected = bytes(a ^ b for a, b in zip(client_key, signature))
        fits = base64.b64decode(proof) == expected
        self.logins.append(
            {"protocol": "mongodb", "user": login["user"], "database": "admin", "passwordFits": fits}
        )
        server_signature = digest(digest(salted, b"Server Key"), transcript)
        payload = f"v={base64.b64encode(server_signature).decode()}".encode()
        return {"conversationId": 1, "done": True, "payload": payload, "ok": 1.0}


def digest(key, text):
    return hmac.new(key, text, hashlib.sha256).digest()


def parts(text):
    return dict(part.split("=", 1) for part in text.split(","))
