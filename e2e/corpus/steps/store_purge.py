import datetime
import json
from datetime import timezone

threshold = datetime.datetime.now(timezone.utc) - datetime.timedelta(days=10)

def handler(pd: "pipedream"):
    store = pd.inputs["data_store"]
    store["seen:old"] = "2024-01-31T08:00:00+00:00"
    if "tokens" not in store:
        store["tokens"] = json.dumps({"access_token": "made-up", "token_type": "Bearer"})
    counters = store.get("counters") or {}
    counters["runs"] = counters.get("runs", 0) + 1
    store["counters"] = counters

    removed = []
    for key, value in list(store.items()):
        if key.startswith("seen:") and datetime.datetime.fromisoformat(value) < threshold:
            del store[key]
            removed.append(key)
    left = [key for key in store.keys() if key.startswith("seen:")]
    return {"removed": removed, "left": sorted(left), "type": json.loads(store["tokens"])["token_type"], "runs": store["counters"]["runs"]}
