import time
import requests

MAX_RETRIES = 5

def fetch_with_backoff(url):
    for attempt in range(1, MAX_RETRIES + 1):
        res = requests.get(url)
        if res.status_code == 429 or res.status_code >= 500:
            wait = min(2 ** attempt, 30) / 1000
            print(f"Attempt {attempt}/{MAX_RETRIES} got {res.status_code}. Waiting...")
            time.sleep(wait)
            continue
        return res.json()
    raise Exception(f"Gave up after {MAX_RETRIES} attempts")

def handler(pd: "pipedream"):
    return fetch_with_backoff("https://echo.example.com/flaky?times=2&key=by-hand")
