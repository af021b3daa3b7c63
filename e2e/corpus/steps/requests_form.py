import requests

def handler(pd: "pipedream"):
    data = {"name": "Bulbasaur", "kind": ["grass", "poison"], "note": "Ünïcode & more"}
    r = requests.post("https://echo.example.com/anything", data=data)
    return r.json()["form"]
