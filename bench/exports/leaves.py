import json
import statistics
import time


def records(size):
    """Nested as an API's answer is; about `size` bytes of JSON."""
    one = {
        "id": 1_000_000,
        "name": "Customer 1000000",
        "active": True,
        "address": {"street": "12 Long Road", "city": "Zürich", "position": [47.376887, 8.541694]},
        "tags": ["new", "eu", "newsletter"],
        "orders": [{"sku": "AB-1234", "amount": 3, "price": 19.9, "note": None}] * 3,
    }
    count = size // (len(json.dumps(one, ensure_ascii=False).encode()) + 2)
    return [json.loads(json.dumps({**one, "id": 1_000_000 + n})) for n in range(count)]


def in_python(value):
    """Seconds of writing and reading it with nothing but `json`."""
    start = time.perf_counter()
    json.loads(json.dumps(value))
    return time.perf_counter() - start


def handler(pd: "pipedream"):
    value = {"items": records(pd.steps["trigger"]["event"]["size"])}
    print("json", statistics.median(in_python(value) for _ in range(3)))
    print("left", time.time())
    return value
