import os
from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])

def handler(pd: "pipedream"):
    completion = client.chat.completions.create(
        model="gpt-4o",
        messages=[
            {"role": "system", "content": "Summarise in one line."},
            {"role": "user", "content": pd.steps["trigger"]["event"]["body"]["text"]},
        ],
    )
    stream = client.chat.completions.create(
        model="gpt-4o", messages=[{"role": "user", "content": "piece by piece"}], stream=True
    )
    text = ""
    for chunk in stream:
        if chunk.choices[0].delta.content is not None:
            text += chunk.choices[0].delta.content
    return {"summary": completion.choices[0].message.content, "tokens": completion.usage.total_tokens, "streamed": text}
