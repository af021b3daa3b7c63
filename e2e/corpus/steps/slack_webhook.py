import json
import os
import requests

def handler(pd: "pipedream"):
    event = pd.steps["trigger"]["event"]
    order = event["body"]["order"]
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": f":package: Order {order['id']}"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join(f"• *{l['sku']}* × {l['quantity']}" for l in order["lines"])}},
    ]
    response = requests.post(os.environ["CORPUS_WEBHOOK_URL"], data=json.dumps({"blocks": blocks}), headers={"Content-Type": "application/json"})
    if response.status_code != 200:
        raise ValueError(f"Request to slack returned an error {response.status_code}, the response is:\n{response.text}")
    return response.text
