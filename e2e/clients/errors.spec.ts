/** What the error panel says when a connection fails and the step doesn't catch it: what happened, and what to do. */
import { Runnel } from "../pages/runnel.ts";
import { test as base, expect, packages, startProduct } from "../product.ts";
import { startFullQueue, startHangingUp, startResetting } from "../servers/clients/bad-servers.ts";
import { startWeb } from "../servers/web.ts";
import { workflowFile } from "../workflow-file.ts";
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
        timeout: 0.5,
        url: `http://${at(full)}/`,
        says: `${at(full)} did not answer the connection in time`,
      },
      // Long enough to connect in, whatever else the machine does.
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

/** A workflow of these steps, each tested by itself: every one fails with its sentence in the panel. */
async function eachFails(
  runnel: Runnel,
  steps: readonly { readonly name: string; readonly code: string; readonly says: string | RegExp }[],
): Promise<void> {
  const workflows = await runnel.open();
  const builder = await workflows.import(workflowFile({ name: "Failures", steps }));
  await runnel.allowAllHosts(builder);
  for (const { name, says } of steps) {
    const step = builder.step(name);
    await step.root.scrollIntoViewIfNeeded();
    await step.test();
    await step.expectStatus("Failed", { timeout: 120_000 });
    await expect(step.error, name).toContainText(says);
  }
}

test("urllib: each failure is explained in a sentence", async ({ runnel, cases }) => {
  const steps = Object.entries(cases).map(([name, { url, timeout = 30, says }]) => ({
    name,
    says,
    code: `import urllib.request

def handler(pd: "pipedream"):
    return urllib.request.urlopen("${url}", timeout=${timeout}).read()
`,
  }));
  await eachFails(runnel, steps);
});

test(
  "requests and httpx, which wrap the socket's error, lead to the same sentences",
  packages,
  async ({ runnel, cases }) => {
    const steps = Object.entries(cases).map(([name, { url, timeout = 30, says }], index) => {
      const library = index % 2 === 0 ? "requests" : "httpx";
      const code = `import ${library}

def handler(pd: "pipedream"):
    return ${library}.get("${url}", timeout=${timeout}).text
`;
      return { name, says, code };
    });
    await eachFails(runnel, steps);
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

test("a proxy is refused in a sentence, whatever asks for it", packages, async ({ runnel, web }) => {
  const says = `Steps can't go through a proxy (127.0.0.1:${web.port})`;
  const calls = {
    requests: 'requests.get("http://example.com/", proxies={"http": PROXY}, timeout=10)',
    environment: 'os.environ.update(HTTPS_PROXY=PROXY) or requests.get("https://example.com/", timeout=10)',
    httpx: 'httpx.get("https://example.com/", proxy=PROXY, timeout=10)',
    urllib: 'build_opener(ProxyHandler({"http": PROXY})).open("http://example.com/")',
  };
  const steps = Object.entries(calls).map(([name, call]) => ({
    name,
    says,
    code: `import os
from urllib.request import ProxyHandler, build_opener
import httpx
import requests

PROXY = "${web.url}"

def handler(pd: "pipedream"):
    return str(${call})
`,
  }));
  await eachFails(runnel, steps);
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
