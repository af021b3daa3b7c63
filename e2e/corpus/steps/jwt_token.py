# pipedream add-package pyjwt
import time
import uuid
import jwt

def handler(pd: "pipedream"):
    iat = int(time.time())
    header = {"alg": "HS256", "typ": "JWT", "kid": "64a1"}
    payload = {"iat": iat, "exp": iat + 5 * 60, "aud": "/admin/", "jti": str(uuid.uuid4())}
    token = jwt.encode(payload, bytes.fromhex("00ff" * 16), algorithm="HS256", headers=header)
    decoded = jwt.decode(token, bytes.fromhex("00ff" * 16), algorithms=["HS256"], audience="/admin/")
    try:
        jwt.decode(token, b"another secret of thirty-two bytes", algorithms=["HS256"], audience="/admin/")
    except jwt.InvalidSignatureError as e:
        refused = str(e)
    return {"parts": token.count(".") + 1, "lifetime": decoded["exp"] - decoded["iat"], "refused": refused}
