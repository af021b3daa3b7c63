import requests

BATCH_SIZE = 50

def handler(pd: "pipedream"):
    ds = pd.inputs["data_store"]
    batches = []
    while True:
        offset = ds.get("last_offset", 0)
        page = requests.get(f"https://api.example.com/records?limit={BATCH_SIZE}&after={offset}").json()["data"]
        if not page:
            return {"msg": "no more records", "offset": offset, "batches": batches}
        batches.append(len(page))
        ds["last_offset"] = offset + len(page)
