import csv
import io

def handler(pd: "pipedream"):
  # The file of the step before
  with open(pd.steps["csv_write"]["$return_value"], newline="") as f:
    rows = list(csv.DictReader(f))
  total = sum(float(row["price"]) * int(row["quantity"]) for row in rows)
  buffer = io.StringIO()
  csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows([[row["sku"], row["quantity"]] for row in rows])
  return {"total": round(total, 2), "rows": rows, "text": buffer.getvalue()}
