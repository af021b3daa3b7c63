import json
import os
import requests

def handler(pd: "pipedream"):
    headers = {"Authorization": f"Bearer {os.environ.get('OPENAI_API_KEY')}", "Content-Type": "application/json"}
    body = {
        "model": "gpt-4o-mini",
        "messages": [{"role": "system", "content": "You are a classifier."}, {"role": "user", "content": "good morning all"}],
        "temperature": 0.2,
    }
    res = requests.post("https://api.openai.com/v1/chat/completions", headers=headers, json=body)
    answer = res.json()["choices"][0]["message"]["content"]

    # The same as a stream of server-sent events
    pieces = []
    with requests.post("https://api.openai.com/v1/chat/completions", headers=headers, json={**body, "stream": True}, stream=True) as r:
        for line in r.iter_lines(decode_unicode=True):
            if line.startswith("data: ") and line != "data: [DONE]":
                pieces.append(json.loads(line[6:])["choices"][0]["delta"]["content"])
    return {"answer": answer, "pieces": pieces}
