import requests

def handler(pd: "pipedream"):
  order = pd.steps["trigger"]["event"]["body"]["order"]
  payload = {"reference": order["id"], "total": sum(line["price"] * line["quantity"] for line in order["lines"])}
  r = requests.post("https://echo.example.com/anything", json=payload, headers={"X-API-KEY": "123"}, timeout=30)
  r.raise_for_status()
  print(r.status_code)
  answer = r.json()
  return {"sent": answer["json"], "type": answer["headers"]["content-type"], "key": answer["headers"]["x-api-key"]}
