from datetime import datetime, timezone

def handler(pd: "pipedream"):
    seen = pd.inputs["data_store"]
    new = []
    for line in pd.steps["trigger"]["event"]["body"]["order"]["lines"] * 2:
        key = f"seen:{line['sku']}"
        if key in seen:
            continue
        seen[key] = datetime.now(timezone.utc).isoformat()
        new.append(line["sku"])
    if not new:
        return pd.flow.exit("Nothing new")
    print(*sorted(seen.keys()), sep=",")
    return new
