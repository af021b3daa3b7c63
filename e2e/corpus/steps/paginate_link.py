import requests

def handler(pd: "pipedream"):
  url = "https://api.example.com/items"
  items = []
  while url:
    r = requests.get(url, params={"per_page": 40} if not items else None)
    items.extend(r.json())
    url = r.links.get("next", {}).get("url")
  pd.export("count", len(items))
  return items[-1]
