import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

def handler(pd: "pipedream"):
    retry_strategy = Retry(
        total=4,
        backoff_factor=0.01,
        status_forcelist=[429, 500, 502, 503, 504],
        allowed_methods=["HEAD", "GET", "POST"],
    )
    http = requests.Session()
    http.mount("https://", HTTPAdapter(max_retries=retry_strategy))
    response = http.get("https://echo.example.com/flaky?times=2&key=retry")
    try:
        requests.get("https://echo.example.com/status/404").raise_for_status()
    except requests.exceptions.HTTPError as err:
        print(f"HTTP error occurred: {err.response.status_code}")
    return response.json()
