from concurrent.futures import ThreadPoolExecutor, as_completed
import requests

def fetch(n):
    r = requests.get("https://echo.example.com/anything", params={"n": n})
    return int(r.json()["args"]["n"])

def handler(pd: "pipedream"):
    results = []
    with ThreadPoolExecutor(max_workers=5) as executor:
        futures = {executor.submit(fetch, n): n for n in range(4)}
        for future in as_completed(futures):
            try:
                results.append(future.result())
            except Exception as exc:
                print(f"{futures[future]} generated an exception: {exc}")
        mapped = list(executor.map(str.upper, ["a", "b"]))
    return {"results": sorted(results), "mapped": mapped}
