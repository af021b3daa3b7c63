import base64
import os
import requests
from datetime import datetime, timedelta, timezone

TOKEN_URL = "https://api.example.com/oauth/token"

def refresh():
    pair = f"{os.environ['CORPUS_CLIENT_ID']}:{os.environ['CORPUS_CLIENT_SECRET']}"
    basic = base64.b64encode(pair.encode("ascii")).decode("ascii")
    response = requests.post(
        TOKEN_URL,
        headers={"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"},
        data={"grant_type": "refresh_token", "refresh_token": "made-up-refresh-token"},
    )
    response.raise_for_status()
    return response.json()

def handler(pd: "pipedream"):
    token = "expired"
    for _ in range(2):
        response = requests.get("https://api.example.com/invoices", headers={"Authorization": f"Bearer {token}"})
        if response.status_code != 401:
            break
        print("Token expired, refreshing...")
        fresh = refresh()
        token = fresh["access_token"]
        expires = datetime.now(timezone.utc) + timedelta(seconds=fresh["expires_in"])
        pd.export("valid", expires > datetime.now(timezone.utc))
    return response.json()
