/**
 * What a workflow may reach. Names below `public.test` and `slack.com` lead to a server on this machine and count as public,
 * as the gateway's option `resolve` has it; the addresses of this machine themselves are asked about.
 */

import { Builder } from "./pages/builder.ts";
import type { Runnel } from "./pages/runnel.ts";
import { test as base, expect, startProduct, tokens } from "./product.ts";
import { startWeb, type WebServer } from "./servers/web.ts";

interface PublicWeb extends WebServer {
  /** Names that the gateway was asked to look up, each once a test. */
  readonly lookUps: string[];
}

const test = base.extend<object, { readonly there: PublicWeb }>({
  there: [
    async ({ browserName: _ }, use) => {
      const web = await startWeb();
      await use({ ...web, lookUps: [] });
      await web.close();
    },
    { scope: "worker" },
  ],
  gateway: [
    async ({ authority, there }, use) => {
      const gateway = await startProduct({
        extraCa: authority.cert,
        async resolve(host) {
          there.lookUps.push(host);
          return /(^slack\.com|\.public\.test)$/.test(host) ? `127.0.0.1:${there.port}` : null;
        },
      });
      await use(gateway);
      await gateway.close();
    },
    { scope: "worker" },
  ],
});

test.use({ samePage: true });

/** A step that asks the hosts one after the other and prints what came of it. */
const asking = (...urls: readonly string[]) => `import urllib.request

def handler(pd: "pipedream"):
    for url in ${JSON.stringify(urls)}:
        try:
            print(url, urllib.request.urlopen(url, timeout=20).status)
        except OSError as error:
            print(url, type(getattr(error, "reason", error)).__name__)
`;

/** A workflow with one step that has been exported and imported again: nobody trusts it yet. */
async function imported(runnel: Runnel, code: string, name: string) {
  const { builder } = await runnel.newStep(code);
  await builder.rename(name);
  await builder.expectSaved();
  const workflows = await runnel.goToWorkflows();
  const file = await workflows.export(name);
  await workflows.menu(name, "Delete");
  const opened = await workflows.import(file);
  return { builder: opened, step: opened.step("python") };
}

test("a public host is reached without a question in a workflow made here, and listed", async ({
  runnel,
  page,
}) => {
  const { builder, step } = await runnel.newStep(asking("http://listed.public.test/echo"));
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("http://listed.public.test/echo 200");
  await builder.expectSaved();
  await page.reload();
  await builder.networkAccess.open();
  await builder.networkAccess.expectAccess("listed.public.test", "Allow");
});

test("a host that the list denies is a PermissionError that names it and the place, and hears of nothing", async ({
  runnel,
  there,
}) => {
  const { builder, step } = await runnel.newStep(`import urllib.request

def handler(pd: "pipedream"):
    return urllib.request.urlopen("http://denied.public.test/denied").status
`);
  const { networkAccess } = builder;
  await networkAccess.open();
  await networkAccess.add("denied.public.test", "Deny");
  await networkAccess.close();
  await step.test();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("PermissionError");
  await expect(step.error).toContainText("denied.public.test is not a host that this workflow may reach");
  await expect(step.error).toContainText("Network access in the workflow's header");
  expect(there.lookUps).not.toContain("denied.public.test");
  expect(there.requests).not.toContain("GET /denied");

  await networkAccess.open();
  await networkAccess.set("denied.public.test", "Allow");
  await networkAccess.close();
  await step.testAgain();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("404");
  expect(there.requests).toContain("GET /denied");
});

test("an imported workflow asks for public hosts and look-ups before anything is sent", async ({
  runnel,
  there,
  page,
}) => {
  const { builder, step } = await imported(
    runnel,
    `import socket
import urllib.request

def attempt(name, action):
    try:
        print(name, action())
    except OSError as error:
        print(name, type(getattr(error, "reason", error)).__name__)

def handler(pd: "pipedream"):
    attempt("look-up", lambda: socket.getaddrinfo("data-in-a-name.public.test", 80)[0][0].name)
    for number in range(2):
        attempt(f"request {number}", lambda: urllib.request.urlopen(f"http://api.public.test/echo?asked={number}").status)
`,
    "Asks",
  );
  await expect(builder.networkAccess.banner).toBeVisible();
  await step.test();
  await expect(builder.networkDialog).toContainText("data-in-a-name.public.test");
  expect(there.lookUps).not.toContain("data-in-a-name.public.test");
  await builder.answerNetwork("Deny");
  await expect(builder.networkDialog).toContainText("api.public.test");
  expect(there.lookUps).not.toContain("api.public.test");
  expect(there.requests).not.toContain("GET /echo?asked=0");
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  await step.expectLog("look-up PermissionError");
  await step.expectLog("request 0 200");
  await step.expectLog("request 1 200");
  expect(there.lookUps).not.toContain("data-in-a-name.public.test");

  // Allow is remembered, Deny is for one run.
  await builder.expectSaved();
  await page.reload();
  await step.testAgain();
  await expect(builder.networkDialog).toContainText("data-in-a-name.public.test");
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  await step.expectLog("look-up AF_INET");
  await builder.networkAccess.open();
  await builder.networkAccess.expectAccess("api.public.test", "Allow");
  await builder.networkAccess.expectAccess("data-in-a-name.public.test", "Allow");
});

test("the hosts of an app that is attached with an account are not asked about, others are", async ({
  runnel,
}) => {
  const { builder, step } = await imported(
    runnel,
    asking("http://slack.com/echo", "http://other.public.test/echo"),
    "With an app",
  );
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "Acme workspace", { oauth_access_token: tokens.acme });
  await step.test();
  await expect(builder.networkDialog).toContainText("other.public.test");
  await builder.answerNetwork("Deny");
  await step.expectStatus("Success");
  await step.expectLog("http://slack.com/echo 200");
  await step.expectLog("http://other.public.test/echo PermissionError");
});

test("a workflow that is trusted is asked no more, but for private addresses; a copy is as its original", async ({
  runnel,
  web,
}) => {
  const urls = ["http://trusted.public.test/echo", `${web.url}/echo`] as const;
  const { builder, step } = await imported(runnel, asking(...urls), "Shared");
  let workflows = await runnel.goToWorkflows();
  await workflows.menu("Shared", "Duplicate");
  const copy = await workflows.open("Shared (copy)");
  await expect(copy.networkAccess.banner).toBeVisible();

  workflows = await runnel.goToWorkflows();
  await workflows.open("Shared");
  await builder.networkAccess.trust();
  await step.test();
  await expect(builder.networkDialog).toContainText(`127.0.0.1:${web.port}`);
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  for (const url of urls) await step.expectLog(`${url} 200`);
});

test("a redirect to a denied host ends there, in sockets and in pyfetch", async ({ runnel, there }) => {
  const { builder, step } = await runnel.newStep(`import urllib.request
from pyodide.http import pyfetch

START = "http://start.public.test/redirect?to=http://denied.public.test/redirected"

async def handler(pd: "pipedream"):
    try:
        urllib.request.urlopen(START)
    except OSError as error:
        print("urllib", type(error.reason).__name__, "denied.public.test" in str(error))
    try:
        await pyfetch(START)
    except PermissionError as error:
        print("pyfetch", "denied.public.test" in str(error))
    print((await pyfetch("http://start.public.test/redirect?to=http://other.public.test/echo")).status)
`);
  const { networkAccess } = builder;
  await networkAccess.open();
  await networkAccess.add("denied.public.test", "Deny");
  await networkAccess.close();
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("urllib PermissionError True");
  await step.expectLog("pyfetch True");
  await step.expectLog("200");
  expect(there.requests).not.toContain("GET /redirected");
});

test("two tabs: what one allows or denies holds in the other, also for the question on its screen", async ({
  runnel,
  page,
  context,
  web,
}) => {
  const { builder, step } = await runnel.newStep(asking(`${web.url}/echo`, "http://both.public.test/echo"));
  await builder.expectSaved();
  const second = await context.newPage();
  await second.goto(page.url());
  const { networkAccess } = new Builder(second);

  await step.test();
  await expect(builder.networkDialog).toContainText(`127.0.0.1:${web.port}`);
  await networkAccess.open();
  await networkAccess.add("both.public.test", "Deny");
  await networkAccess.add(`127.0.0.1:${web.port}`);
  await expect(builder.networkDialog).toBeHidden();
  await step.expectStatus("Success");
  await step.expectLog(`${web.url}/echo 200`);
  await step.expectLog("http://both.public.test/echo PermissionError");

  await networkAccess.set("both.public.test", "Allow");
  await networkAccess.set(`127.0.0.1:${web.port}`, "Deny");
  await builder.networkAccess.open();
  await builder.networkAccess.expectAccess("both.public.test", "Allow");
  await builder.networkAccess.expectAccess(`127.0.0.1:${web.port}`, "Deny");
  await builder.networkAccess.close();
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog(`${web.url}/echo PermissionError`);
  await step.expectLog("http://both.public.test/echo 200");
});
