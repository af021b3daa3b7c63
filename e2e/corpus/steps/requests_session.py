import requests
from requests.auth import HTTPBasicAuth

BASE_URL = "https://echo.example.com"

class ShopClient:
    def __init__(self, user, password):
        self.session = requests.Session()
        self.session.auth = HTTPBasicAuth(user, password)
        self.session.headers.update({"Accept": "application/json", "User-Agent": "shop-sync/1.0"})

    def _request(self, method, path, **kwargs):
        response = self.session.request(method, f"{BASE_URL}{path}", timeout=15, **kwargs)
        response.raise_for_status()
        return response.json()

    def login(self):
        return self._request("GET", "/cookie")

    def whoami(self):
        return self._request("GET", "/anything")["headers"]

def handler(pd: "pipedream"):
    client = ShopClient("ada", "s3cret")
    client.login()
    seen = client.whoami()
    return {"auth": seen["authorization"], "cookie": seen["cookie"], "agent": seen["user-agent"]}
