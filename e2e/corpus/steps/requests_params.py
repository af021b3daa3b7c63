import requests

def handler(pd: "pipedream"):
  params = {"postId": 1, "tag": ["a b", "c&d"], "empty": None}
  r = requests.get("https://echo.example.com/anything", params=params)
  return {"url": r.url.split("?")[1], "args": r.json()["args"]}
