import csv

def handler(pd: "pipedream"):
    fieldnames = ["sku", "price", "quantity"]
    with open("/tmp/order.csv", "w", newline="", encoding="utf-8") as csvfile:
        writer = csv.DictWriter(csvfile, fieldnames=fieldnames)
        writer.writeheader()
        for line in pd.steps["trigger"]["event"]["body"]["order"]["lines"]:
            writer.writerow(line)
    return "/tmp/order.csv"
