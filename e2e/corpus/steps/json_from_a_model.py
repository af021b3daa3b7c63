import json
import re

ANSWER = """Sure! Here is the classification:

```json
{"category": "invoice", "fields": {"amount": "1.234,50 €", "due": "31.01.2026"}}
```
"""

def handler(pd: "pipedream"):
    # From the step before, or else from the trigger
    text = ""
    if "summarise" in pd.steps:
        text = pd.steps["summarise"].get("$return_value", {}).get("messageText", "")
    if not text:
        text = pd.steps["trigger"]["event"].get("message", {}).get("text", "") or ANSWER
    match = re.search(r"```(?:json)?\s*(\{.*?\})\s*```", text, re.DOTALL)
    try:
        data = json.loads(match.group(1) if match else text)
    except json.JSONDecodeError as e:
        print(f"No JSON in the answer: {e}")
        return {"category": "unknown"}
    amount = float(re.sub(r"[^\d,]", "", data["fields"]["amount"]).replace(",", "."))
    day, month, year = map(int, data["fields"]["due"].split("."))
    return {"category": data["category"], "amount": amount, "due": f"{year:04d}-{month:02d}-{day:02d}"}
