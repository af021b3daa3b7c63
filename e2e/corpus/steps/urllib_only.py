from __future__ import annotations

import json
from typing import Any
from urllib import error, parse, request

CHAT_API_URL = "https://echo.example.com"


def send_message(chat_id: str, message: str) -> dict[str, Any]:
    url = f"{CHAT_API_URL.rstrip('/')}/anything?{parse.urlencode({'instance': '7103', 'q': 'a b'})}"
    payload = json.dumps({"chatId": chat_id, "message": message}).encode("utf-8")
    req = request.Request(url, data=payload, headers={"Content-Type": "application/json"}, method="POST")
    with request.urlopen(req, timeout=20) as response:
        return json.loads(response.read().decode("utf-8"))


def handler(pd: "pipedream") -> dict[str, Any]:
    result = send_message("4917@c.us", "Summary ✓")
    try:
        request.urlopen("https://echo.example.com/status/403")
    except error.HTTPError as e:
        return {"sent": result["json"], "args": result["args"], "refused": e.code}
