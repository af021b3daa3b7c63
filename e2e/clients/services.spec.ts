/**
 * Libraries of services: Slack, OpenAI, and Amazon's object storage. Two of them
 * are not run without JSPI: they send by urllib, urllib3 and aiohttp, which are.
 */
import { expect, packages, test } from "../product.ts";
import { startLanguageModel } from "../servers/clients/language-model.ts";
import { startObjectStore } from "../servers/clients/object-store.ts";
import { startSlack } from "../servers/slack.ts";
import { expectLines, installedClients, oneStep } from "./libraries.ts";

test.use(oneStep);

test("slack_sdk: WebClient and AsyncWebClient over TLS", packages, async ({ runnel, page, authority }) => {
  const slack = await startSlack({ "xoxb-made-up-1": "Acme" }, await authority.issue(["127.0.0.1"]));
  await expectLines(
    { runnel, page },
    `# pipedream add-package aiohttp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

URL = "${slack.baseUrl}"

async def handler(pd: "pipedream"):
    client = WebClient(token="xoxb-made-up-1", base_url=URL, timeout=10)
    print("team", client.auth_test()["team"])
    print("sent", client.chat_postMessage(channel="C0123", text="Grüße")["message"]["text"])
    client = AsyncWebClient(token="xoxb-made-up-1", base_url=URL, timeout=10)
    print("async team", (await client.auth_test())["team"])
    print("async sent", (await client.chat_postMessage(channel="C0123", text="async"))["ok"])
    try:
        WebClient(token="xoxb-wrong", base_url=URL).auth_test()
    except SlackApiError as error:
        print("refused", error.response["error"])
`,
    ["team Acme", "sent Grüße", "async team Acme", "async sent True", "refused invalid_auth"],
  );
  expect(slack.calls.filter(({ method }) => method === "chat.postMessage")).toHaveLength(2);
  await slack.close();
});

test(
  "openai: completions whole and streamed, sync and async, errors of their own classes",
  installedClients,
  async ({ runnel, page }) => {
    const model = await startLanguageModel("sk-made-up");
    const step = await expectLines(
      { runnel, page },
      `import openai
from openai import AsyncOpenAI, OpenAI

URL = "${model.baseUrl}"
ASK = {"model": "parrot", "messages": [{"role": "user", "content": "say it out loud"}]}

async def handler(pd: "pipedream"):
    client = OpenAI(api_key="sk-made-up", base_url=URL, max_retries=0)
    answer = client.chat.completions.create(**ASK)
    print("whole", answer.choices[0].message.content, answer.usage.total_tokens)
    print("streamed", [chunk.choices[0].delta.content for chunk in client.chat.completions.create(**ASK, stream=True)])
    asynchronous = AsyncOpenAI(api_key="sk-made-up", base_url=URL)
    print("async", (await asynchronous.chat.completions.create(**ASK)).choices[0].message.content)
    stream = await asynchronous.chat.completions.create(**ASK, stream=True)
    print("async streamed", [chunk.choices[0].delta.content async for chunk in stream])
    for wrong in ({"api_key": "sk-other"}, {"api_key": "sk-made-up", "model": "busy"}):
        try:
            OpenAI(api_key=wrong.pop("api_key"), base_url=URL, max_retries=0).chat.completions.create(**{**ASK, **wrong})
        except openai.APIStatusError as error:
            print(type(error).__name__, error.status_code, error.code)
    try:
        OpenAI(api_key="sk", base_url="http://127.0.0.1:1/v1", max_retries=0).models.list()
    except openai.APIConnectionError as error:
        print(type(error).__name__, type(error.__cause__).__name__)
`,
      [
        "whole SAY IT OUT LOUD 5",
        "streamed ['SAY', ' IT', ' OUT', ' LOUD']",
        "async SAY IT OUT LOUD",
        "async streamed ['SAY', ' IT', ' OUT', ' LOUD']",
        "AuthenticationError 401 invalid_api_key",
        "RateLimitError 429 rate_limit_exceeded",
        "APIConnectionError ConnectError",
      ],
    );
    await expect(step.log).not.toContainText("Warning");
    await model.close();
  },
);

test(
  "boto3: a bucket is made, filled and listed; signatures are checked",
  packages,
  async ({ runnel, page }) => {
    const store = await startObjectStore({ id: "AKIAMADEUP", secret: "made-up/secret+key" });
    await expectLines(
      { runnel, page },
      `import io
import os
import boto3
from botocore.exceptions import ClientError

def connect(secret):
    return boto3.client("s3", endpoint_url="${store.url}", region_name="eu-central-1",
                        aws_access_key_id="AKIAMADEUP", aws_secret_access_key=secret)

def handler(pd: "pipedream"):
    s3 = connect("made-up/secret+key")
    s3.create_bucket(Bucket="reports", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    for name in ("2026/a b.csv", "2026/ü.csv", "other.txt"):
        s3.put_object(Bucket="reports", Key=name, Body=b"x" * 1000)
    print("buckets", [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]])
    listed = s3.list_objects_v2(Bucket="reports", Prefix="2026/")["Contents"]
    print("listed", [(each["Key"], each["Size"]) for each in listed])
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="reports")
    print("paged", sum(len(page["Contents"]) for page in pages))
    print("read", len(s3.get_object(Bucket="reports", Key="2026/a b.csv")["Body"].read()))
    # Transfers of this kind work in a pool of threads.
    s3.upload_fileobj(io.BytesIO(b"y" * 5000), "reports", "managed.bin")
    s3.download_file("reports", "managed.bin", "/tmp/managed.bin")
    print("managed", os.path.getsize("/tmp/managed.bin"))
    try:
        connect("another").list_buckets()
    except ClientError as error:
        print("refused", error.response["Error"]["Code"])
`,
      [
        "buckets ['reports']",
        "listed [('2026/a b.csv', 1000), ('2026/ü.csv', 1000)]",
        "paged 3",
        "read 1000",
        "managed 5000",
        "refused SignatureDoesNotMatch",
      ],
    );
    expect(store.objects("reports")).toHaveLength(4);
    await store.close();
  },
);
