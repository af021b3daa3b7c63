# pipedream add-package openai==0.28.1
import openai
import os

openai.api_key = os.environ["OPENAI_API_KEY"]

def handler(pd: "pipedream"):
    response = openai.ChatCompletion.create(
        model="gpt-3.5-turbo",
        messages=[{"role": "user", "content": "say hi"}],
        max_tokens=20,
    )
    return response["choices"][0]["message"]["content"].strip()
