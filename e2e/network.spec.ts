import { expect, packages, test } from "./product.ts";
import { startWeb } from "./servers/web.ts";

test.use({ samePage: true });

test("urllib.request and http.client over http: redirects, chunks, keep-alive, statuses", async ({
  runnel,
  web,
}) => {
  const { builder, step } = await runnel.newStep(`import http.client
import json
import urllib.error
import urllib.request

URL = "${web.url}"

def handler(pd: "pipedream"):
    request = urllib.request.Request(URL + "/echo", data=b"posted", headers={"X-Mine": "yes"})
    answer = json.load(urllib.request.urlopen(request, timeout=10))
    print("urllib", answer["method"], answer["body"], answer["headers"]["x-mine"])
    print("redirected to", urllib.request.urlopen(URL + "/redirect").url)
    print("chunks", urllib.request.urlopen(URL + "/chunks").read().count(b"part"))
    try:
        urllib.request.urlopen(URL + "/status?code=418")
    except urllib.error.HTTPError as error:
        print("status", error.code)
    connection = http.client.HTTPConnection("127.0.0.1", ${web.port}, timeout=10)
    for number in range(3):
        connection.request("PUT", f"/echo?n={number}", body=b"x" * 1000)
        response = connection.getresponse()
        print("http.client", response.status, len(json.loads(response.read())["body"]))
    connection.close()
`);
  await step.test();
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  await step.expectLog("urllib POST posted yes");
  await step.expectLog(`redirected to ${web.url}/echo`);
  await step.expectLog("chunks 5");
  await step.expectLog("status 418");
  await step.expectLog(/http\.client 200 1000[\s\S]*http\.client 200 1000[\s\S]*http\.client 200 1000/);
  const network = await step.show("Network");
  await expect(network).toContainText("127.0.0.1");
  await expect(network).toContainText(String(web.port));
  await expect(network).toContainText(/POST[\s\S]*\/echo[\s\S]*200/);
  await expect(network).toContainText(/\/status\?code=418[\s\S]*418/);
  await expect(network).toContainText(/PUT[\s\S]*\/echo\?n=2/);
});

test("https: a certificate of a trusted authority is accepted, others raise SSLCertVerificationError", async ({
  runnel,
  authority,
}) => {
  const good = await startWeb(await authority.issue(["localhost", "127.0.0.1"]));
  const wrongName = await startWeb(await authority.issue(["elsewhere.test"]));
  const expired = await startWeb(await authority.issue(["localhost"], { expired: true }));
  const { builder, step } = await runnel.newStep(`import http.client
import json
import ssl
import urllib.error
import urllib.request

def get(port):
    return urllib.request.urlopen(f"https://localhost:{port}/echo", timeout=10)

def failure(port):
    try:
        get(port)
    except urllib.error.URLError as error:
        return type(error.reason).__name__, isinstance(error.reason, ValueError)

def handler(pd: "pipedream"):
    print("good", json.load(get(${good.port}))["url"])
    print("wrong name", failure(${wrongName.port}))
    print("expired", failure(${expired.port}))
    unchecked = ssl._create_unverified_context()
    print("unchecked", urllib.request.urlopen("https://localhost:${expired.port}/echo", context=unchecked).status)
    connection = http.client.HTTPSConnection("127.0.0.1", ${good.port}, timeout=10)
    connection.request("GET", "/echo")
    print("http.client", connection.getresponse().status)
`);
  await step.test();
  for (let index = 0; index < 4; index++) await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  await step.expectLog("good /echo");
  await step.expectLog("wrong name ('SSLCertVerificationError', True)");
  await step.expectLog("expired ('SSLCertVerificationError', True)");
  await step.expectLog("unchecked 200");
  await step.expectLog("http.client 200");
  await Promise.all([good.close(), wrongName.close(), expired.close()]);
});

test("refused, unknown, silent and cut connections raise what they raise everywhere", async ({
  runnel,
  web,
  silent,
}) => {
  const closed = await startWeb();
  await closed.close();
  const { builder, step } = await runnel.newStep(`import errno
import socket
import urllib.error
import urllib.request

def attempt(name, action):
    try:
        action()
        print(name, "nothing was raised")
    except Exception as error:
        cause = getattr(error, "reason", error)
        print(name, type(error).__name__, type(cause).__name__, errno.errorcode.get(getattr(cause, "errno", None)))

def handler(pd: "pipedream"):
    attempt("refused", lambda: socket.create_connection(("127.0.0.1", ${closed.port}), timeout=5))
    attempt("unknown", lambda: urllib.request.urlopen("http://no-such-host.invalid/"))
    attempt("silent", lambda: urllib.request.urlopen("http://127.0.0.1:${silent.port}/", timeout=0.5))
    attempt("silent tls", lambda: urllib.request.urlopen("https://127.0.0.1:${silent.port}/", timeout=0.5))
    attempt("cut", lambda: urllib.request.urlopen("${web.url}/reset").read())
    attempt("metadata", lambda: urllib.request.urlopen("http://169.254.169.254/latest/meta-data/", timeout=5))
`);
  await step.test();
  for (let index = 0; index < 3; index++) await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  await step.expectLog("refused ConnectionRefusedError ConnectionRefusedError ECONNREFUSED");
  await step.expectLog("unknown URLError gaierror");
  await step.expectLog(/silent (TimeoutError|URLError) TimeoutError/);
  await step.expectLog(/silent tls (TimeoutError|URLError) TimeoutError/);
  await step.expectLog(/cut (ConnectionResetError|IncompleteRead)/);
  await step.expectLog(/metadata \w+ PermissionError/);
});

test("Deny raises PermissionError and reaches nothing; another run asks again, Allow is remembered", async ({
  runnel,
  web,
  page,
}) => {
  const { builder, step } = await runnel.newStep(
    `import urllib.request\n\ndef handler(pd: "pipedream"):\n    return urllib.request.urlopen("${web.url}/echo").status\n`,
  );
  await step.test();
  await expect(builder.networkDialog).toContainText("127.0.0.1");
  await expect(builder.networkDialog).toContainText(String(web.port));
  // The page behind the dialog is hidden from assistive technology, but not from sight.
  await expect(page.getByText("Running", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(builder.networkDialog).toBeVisible();
  await builder.answerNetwork("Deny");
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("PermissionError");
  expect(web.requests).toEqual([]);

  await step.testAgain();
  // By the pointer, whose clicks count once the question has stood there for a moment.
  await builder.networkDialog.getByRole("button", { name: "Allow", exact: true }).click();
  await step.expectStatus("Success");
  await expect(builder.networkDialog).toBeHidden();
  await step.expectExport(/\$return_value\s*200/);

  await builder.expectSaved();
  await page.reload();
  await step.testAgain();
  await step.expectStatus("Success");
  await expect(builder.networkDialog).toBeHidden();
  expect(web.requests).toEqual(["GET /echo", "GET /echo"]);

  // Another workflow is asked for itself.
  const other = await runnel.newStep(
    `import urllib.request\n\ndef handler(pd: "pipedream"):\n    return urllib.request.urlopen("${web.url}/echo").status\n`,
  );
  await other.step.test();
  await other.builder.answerNetwork("Allow");
  await other.step.expectStatus("Success");
});

test(
  "requests and slack_sdk work unmodified, with timeouts",
  packages,
  async ({ runnel, web, slack, authority }) => {
    const secure = await startWeb(await authority.issue(["127.0.0.1"]));
    const { builder, step } = await runnel.newStep(`import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

def handler(pd: "pipedream"):
    with requests.Session() as session:
        for number in range(2):
            answer = session.post("${web.url}/echo", json={"n": number}, timeout=10)
            print("requests", answer.status_code, answer.json()["body"])
    print("redirected", requests.get("${web.url}/redirect", timeout=10).history)
    print("secure", requests.get("${secure.url}/echo", timeout=10).ok)
    try:
        requests.get("${web.url}/hang", timeout=(30, 0.5))
    except requests.exceptions.ReadTimeout:
        print("timed out")
    try:
        requests.get("${web.url}/status?code=503").raise_for_status()
    except requests.exceptions.HTTPError as error:
        print("raised", error.response.status_code)
    try:
        WebClient(token="xoxb-not-a-real-one", base_url="${slack.baseUrl}", timeout=10).auth_test()
    except SlackApiError as error:
        print("slack says", error.response["error"])
`);
    await step.test();
    for (let index = 0; index < 3; index++) await builder.answerNetwork("Allow");
    await step.expectStatus("Success", { timeout: 60_000 });
    await step.expectLog('requests 200 {"n": 0}');
    await step.expectLog('requests 200 {"n": 1}');
    await step.expectLog("redirected [<Response [302]>]");
    await step.expectLog("secure True");
    await step.expectLog("timed out");
    await step.expectLog("raised 503");
    await step.expectLog("slack says invalid_auth");
    await secure.close();
  },
);
