import requests
import json

def handler(pd: "pipedream"):
    url = "https://echo.example.com/anything"
    headers = {"Content-Type": "application/json"}
    data = {"name": "Luke", "sides": None}
    r = requests.put(url, headers=headers, data=json.dumps(data))
    raw = requests.post(url, data="plain text ✓".encode("utf-8"), headers={"Content-Type": "text/plain"})
    pd.export("text", raw.json()["data"])
    pd.export("status", raw.ok)
    return r.json()["json"]
