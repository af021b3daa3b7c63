import requests

def handler(pd: "pipedream"):
  # A good cache? Then no request is made.
  cache = pd.inputs["data_store"]
  asked = 0
  for _ in range(2):
    cached = cache.get("entries")
    if cached:
      print("cache used")
      continue
    asked += 1
    entries = requests.get("https://api.example.com/items", params={"per_page": 2}).json()
    cache.set("entries", entries, ttl=3600)
  return {"asked": asked, "entries": cache["entries"]}
