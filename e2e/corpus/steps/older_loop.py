import re
import datetime
from pipedream.script_helpers import (steps, export)

export('時刻', str(datetime.datetime(2026, 1, 31, 18, 0)))
all_events = []

for line in steps["trigger"]["event"]["body"]["order"]["lines"]:
  pattern = r'^([A-Z]+)-([0-9]{1,})$'
  found = re.search(pattern, line["sku"], re.IGNORECASE)
  if found is None:
    continue
  all_events.append([found.group(1), int(found.group(2)), round(line["price"] / 3, 2)])

if __name__ == "__main__":
  print("run as a script")

export("all_events", all_events)
print("after", steps["older_html"]["html"].strip().splitlines()[0])
