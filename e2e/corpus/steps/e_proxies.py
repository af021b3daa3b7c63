import requests

def handler(pd: "pipedream"):
    proxies = {"https": "http://user:password@10.10.1.10:1080"}
    r = requests.get("https://echo.example.com/anything", proxies=proxies, timeout=5)
    return r.json()
