from itertools import islice
import requests

def records(session, limit=50):
    """Yields one record after the other, page by page."""
    cursor = None
    while True:
        page = session.get("https://api.example.com/records", params={"limit": limit, "after": cursor}).json()
        yield from page["data"]
        cursor = page.get("next_cursor")
        if not page.get("has_more"):
            return

def handler(pd: "pipedream"):
    with requests.Session() as session:
        first = [r["id"] for r in islice(records(session), 3)]
        every = sum(1 for _ in records(session))
        active = {r["id"]: r["email"] for r in records(session) if r["active"] and r["id"] < 5}
    return {"first": first, "count": every, "active": active}
