import openai
import os

openai.api_key = os.environ["OPENAI_API_KEY"]

def handler(pd: "pipedream"):
    response = openai.ChatCompletion.create(model="gpt-3.5-turbo", messages=[{"role": "user", "content": "Hi"}])
    return response["choices"][0]["message"]["content"]
