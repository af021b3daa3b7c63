import hashlib
import hmac
import json
import os
import time

TOLERANCE = 300

def verify_github(body: bytes, header: str, secret: str) -> bool:
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, header)

def verify_timestamped(body: str, header: str, secret: str) -> bool:
    parts = dict(item.split("=", 1) for item in header.split(","))
    if abs(time.time() - int(parts["t"])) > TOLERANCE:
        return False
    digest = hmac.new(secret.encode("utf-8"), f"{parts['t']}.{body}".encode("utf-8"), hashlib.sha256).hexdigest()
    return hmac.compare_digest(digest, parts["v1"])

def handler(pd: "pipedream"):
    event = pd.steps["trigger"]["event"]
    secret = os.environ["CORPUS_CLIENT_SECRET"]
    raw = json.dumps(event["body"], separators=(",", ":"))
    signed = hmac.new(secret.encode(), raw.encode(), hashlib.sha256).hexdigest()
    stamp = int(time.time())
    stamped = hmac.new(secret.encode(), f"{stamp}.{raw}".encode(), "sha256").hexdigest()
    return {
        "github": verify_github(raw.encode(), f"sha256={signed}", secret),
        "forged": verify_github(raw.encode() + b" ", f"sha256={signed}", secret),
        "timestamped": verify_timestamped(raw, f"t={stamp},v1={stamped}", secret),
        "old": verify_timestamped(raw, f"t={stamp - 4000},v1={stamped}", secret),
        "from header": verify_github(b"Hello, World!", event["headers"]["x-hub-signature-256"], "It's a Secret to Everybody"),
    }
