/** What the error panel says when a connection fails and the step doesn't catch it: what happened, and what to do. */
import type { Builder } from "../pages/builder.ts";
import { Runnel } from "../pages/runnel.ts";
import type { StepCard } from "../pages/step-card.ts";
import { test as base, expect, packages, startProduct } from "../product.ts";
import { startFullQueue, startHangingUp, startResetting } from "../servers/clients/bad-servers.ts";
import { startWeb } from "../servers/web.ts";
import { testStep } from "./libraries.ts";

interface Case {
  readonly url: string;
  /** Seconds; long where it isn't the timeout that fails. */
  readonly timeout?: number;
  /** What the panel says, in one sentence. */
  readonly says: string | RegExp;
}

const test = base.extend<{ readonly cases: Readonly<Record<string, Case>> }>({
  cases: async ({ authority, silent, web }, use) => {
    const [expired, selfSigned, wrongHost] = await Promise.all([
      authority.issue(["localhost"], { expired: true }).then(startWeb),
      authority.issue(["localhost"], { selfSigned: true }).then(startWeb),
      authority.issue(["elsewhere.test"]).then(startWeb),
    ]);
    const closed = await startWeb();
    await closed.close();
    const [full, resetting, hangingUp] = [
      await startFullQueue(),
      await startResetting(),
      await startHangingUp(),
    ];
    const at = (server: { readonly port: number }) => `127.0.0.1:${server.port}`;
    const secure = (server: { readonly port: number }) => `localhost:${server.port}`;
    await use({
      refused: {
        url: `http://${at(closed)}/`,
        says: `accepts connections at port ${closed.port}: start the server`,
      },
      unknownHost: {
        url: "http://no-such-host.invalid/",
        says: "There is no host named no-such-host.invalid: check how it is written",
      },
      connectTimeout: {
        timeout: 2,
        url: `http://${at(full)}/`,
        says: `${at(full)} did not answer the connection in time`,
      },
      readTimeout: { timeout: 2, url: `http://${at(silent)}/`, says: `${at(silent)} did not answer in time` },
      handshakeTimeout: {
        timeout: 2,
        url: `https://${at(silent)}/`,
        says: `${at(silent)} accepted the connection but did not`,
      },
      reset: { url: `http://${at(resetting)}/`, says: `${at(resetting)} cut the connection` },
      hungUp: {
        url: `http://${at(hangingUp)}/`,
        says: new RegExp(`${at(hangingUp)} (ended|cut) the connection`),
      },
      cutInTheBody: { url: `${web.url}/reset`, says: `${at(web)} cut the connection` },
      noTls: { url: `https://${secure(web)}/`, says: `${secure(web)} doesn't speak TLS: use http://` },
      expired: { url: `https://${secure(expired)}/`, says: `certificate of ${secure(expired)} has expired` },
      selfSigned: {
        url: `https://${secure(selfSigned)}/`,
        says: `${secure(selfSigned)} is signed by itself`,
      },
      wrongHost: {
        url: `https://${secure(wrongHost)}/`,
        says: `${secure(wrongHost)} is made out to another name`,
      },
      metadata: {
        url: "http://169.254.169.254/",
        says: "169.254.169.254 is in a range that steps can never reach",
      },
    });
    await Promise.all(
      [expired, selfSigned, wrongHost, full, resetting, hangingUp].map((server) => server.close()),
    );
  },
});

test.use({ samePage: true });

/** Tests the step with the event of each case, and expects the panel's sentence. */
async function each(
  step: StepCard,
  builder: Builder,
  table: readonly (readonly [string, Case])[],
  event: (name: string, at: Case) => object,
): Promise<void> {
  for (const [name, at] of table) {
    await builder.setEvent(JSON.stringify(event(name, at)));
    await step.testAgain();
    await step.expectStatus("Failed");
    await expect(step.error, name).toContainText(at.says);
  }
}

test("urllib: each failure is explained in a sentence", async ({ runnel, page, cases }) => {
  const { builder, step } = await testStep(
    { runnel, page },
    `import urllib.request

def handler(pd: "pipedream"):
    event = pd.steps["trigger"]["event"]
    url = event.get("url")
    return url and urllib.request.urlopen(url, timeout=event["timeout"]).read()
`,
  );
  await step.expectStatus("Success");
  await each(step, builder, Object.entries(cases), (_name, { url, timeout = 30 }) => ({ url, timeout }));
});

test(
  "requests and httpx, which wrap the socket's error, lead to the same sentences",
  packages,
  async ({ runnel, page, cases }) => {
    const { builder, step } = await testStep(
      { runnel, page },
      `import httpx
import requests

def handler(pd: "pipedream"):
    event = pd.steps["trigger"]["event"]
    get = {"requests": requests.get, "httpx": httpx.get}.get(event.get("library"))
    return get and get(event["url"], timeout=event["timeout"]).text
`,
    );
    await step.expectStatus("Success", { timeout: 120_000 });
    const libraries = ["requests", "httpx"];
    await each(step, builder, Object.entries(cases), (name, { url, timeout = 30 }) => ({
      url,
      timeout,
      library: libraries[Object.keys(cases).indexOf(name) % libraries.length],
    }));
  },
);

test("a broken pipe is explained too", async ({ runnel, page }) => {
  const resetting = await startResetting();
  const { step } = await testStep(
    { runnel, page },
    `import contextlib
import socket

def handler(pd: "pipedream"):
    with socket.create_connection(("127.0.0.1", ${resetting.port}), timeout=10) as sock:
        sock.sendall(b"x")
        with contextlib.suppress(ConnectionResetError):
            sock.recv(1)
        sock.sendall(b"y")
`,
  );
  await step.expectStatus("Failed · BrokenPipeError");
  await expect(step.error).toContainText(
    `127.0.0.1:${resetting.port} had closed the connection before everything was sent`,
  );
  await resetting.close();
});

test("a proxy is refused in a sentence, whatever asks for it", packages, async ({ runnel, page, web }) => {
  const { builder, step } = await testStep(
    { runnel, page },
    `import os
import urllib.request
import httpx
import requests

PROXY = "${web.url}"

def from_the_environment():
    os.environ["HTTPS_PROXY"] = PROXY
    return requests.get("https://example.com/", timeout=10)

CALLS = {
    "requests": lambda: requests.get("http://example.com/", proxies={"http": PROXY}, timeout=10),
    "environment": from_the_environment,
    "httpx": lambda: httpx.get("https://example.com/", proxy=PROXY, timeout=10),
    "urllib": lambda: urllib.request.build_opener(urllib.request.ProxyHandler({"http": PROXY})).open("http://example.com/"),
}

def handler(pd: "pipedream"):
    call = CALLS.get(pd.steps["trigger"]["event"].get("call"))
    return call and str(call())
`,
  );
  await step.expectStatus("Success", { timeout: 120_000 });
  const says = `Steps can't go through a proxy (127.0.0.1:${web.port})`;
  const table = ["requests", "environment", "httpx", "urllib"].map(
    (name) => [name, { url: "", says }] as const,
  );
  await each(step, builder, table, (call) => ({ call }));
  expect(web.requests).toEqual([]);
});

test("the gateway is gone: a library's error says how to go on", packages, async ({ page, silent }) => {
  const gateway = await startProduct();
  const { builder, step } = await new Runnel(page, gateway.url).newStep(
    `import requests

def handler(pd: "pipedream"):
    requests.get("http://127.0.0.1:${silent.port}/")
`,
  );
  await step.test();
  await builder.answerNetwork("Allow");
  await expect.poll(() => silent.open()).toBe(1);
  await gateway.close();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText(
    "gateway is not running any more: start it again (npm start) and reload",
  );
});
