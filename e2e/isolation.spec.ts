/** A step can not reach what is the app's: it tries everything, and each attempt is refused. */
import { expect, test, tokens } from "./product.ts";

test.use({ pageErrorsFail: false });

/** Attempts in JavaScript, made from Python by `import js`. Each gives what it got; refused means that it throws. */
const attempts: Readonly<Record<string, string>> = {
  "indexedDB.open": `await new Promise((resolve, reject) => {
    const request = indexedDB.open("runnel");
    request.onsuccess = () => resolve([...request.result.objectStoreNames].join());
    request.onerror = () => reject(request.error);
  })`,
  "indexedDB.databases": "(await indexedDB.databases()).length",
  localStorage: "localStorage.length",
  sessionStorage: "sessionStorage.length",
  parent: "parent.document.title",
  window: "window.document.title",
  document: "document.cookie",
  opener: "opener.location.href",
  cookieStore: "JSON.stringify(await cookieStore.getAll())",
  "fetch of the app's page": `await (await fetch("APP")).text()`,
  "fetch without cors": `(await fetch("APP", { mode: "no-cors" })).type`,
  "fetch of the gateway's API": `await (await fetch("APPapi/fetch", { method: "POST", body: "{}" })).text()`,
  "fetch of the runtime's files": `(await fetch("APPruntime/manifest.json")).status`,
  XMLHttpRequest: `(() => {
    const request = new XMLHttpRequest();
    request.open("GET", "APP", false);
    request.send();
    return request.responseText;
  })()`,
  WebSocket: `await new Promise((resolve, reject) => {
    const socket = new WebSocket("APPapi/sockets".replace("http", "ws"));
    socket.onopen = () => resolve("open");
    socket.onerror = () => reject(new Error("refused"));
  })`,
  EventSource: `await new Promise((resolve, reject) => {
    const source = new EventSource("APP");
    source.onopen = () => resolve("open");
    source.onerror = () => reject(new Error("refused"));
  })`,
  "import()": `Object.keys(await import("APPfavicon.svg")).length`,
  importScripts: `importScripts("APPfavicon.svg")`,
  "a worker of the app's origin": `await new Promise((resolve, reject) => {
    const worker = new Worker("APPfavicon.svg");
    worker.onmessage = () => resolve("answered");
    worker.onerror = () => reject(new Error("refused"));
  })`,
  caches: "(await caches.keys()).length",
  "the origin private file system": "(await navigator.storage.getDirectory()).name",
  eval: `(0, eval)("1 + 1")`,
};

/** Asks Pyodide for a JavaScript function of each text; what can't even be made is refused as well. */
const program = (app: string) => `import json
import js
from pyodide.ffi import run_sync
from pyodide.code import run_js

attempts = json.loads(${JSON.stringify(JSON.stringify(attempts)).replaceAll("APP", app)})

def handler(pd: "pipedream"):
    for name, code in attempts.items():
        try:
            got = run_sync(run_js(f"(async () => ({code}))()"))
            print("REACHED", name, "->", str(got)[:80])
        except BaseException as error:
            print("refused", name)
    print("all attempts made")
`;

test("every way in from JavaScript is refused", async ({ runnel, gateway }) => {
  const { step } = await runnel.newStep(program(gateway.url));
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("all attempts made");
  const panel = step.log;
  await expect(panel).not.toContainText("REACHED");
});

/** The same through Python's own view of JavaScript, where no code text is needed. */
test("import js finds no storage, no page, no cookies and no app to fetch", async ({
  runnel,
  gateway,
  page,
}) => {
  await runnel.open();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  const { builder, step } = await runnel.newStep(`import js
from pyodide.ffi import run_sync

APP = "${gateway.url}"

def attempt(name, action):
    try:
        got = action()
        if hasattr(got, "then"):
            got = run_sync(got)
        print("REACHED", name, "->", str(got)[:80])
    except BaseException as error:
        print("refused", name)

def read_database():
    request = js.indexedDB.open("runnel")
    return run_sync(js.Promise.new(lambda resolve, reject: (setattr(request, "onsuccess", resolve), setattr(request, "onerror", reject))))

def handler(pd: "pipedream"):
    attempt("indexedDB", lambda: js.indexedDB.databases())
    attempt("indexedDB.open", read_database)
    attempt("localStorage", lambda: js.localStorage.length)
    attempt("sessionStorage", lambda: js.sessionStorage.length)
    attempt("parent", lambda: js.parent.document)
    attempt("top", lambda: js.top.document)
    attempt("window", lambda: js.window.document)
    attempt("document", lambda: js.document.cookie)
    attempt("caches", lambda: js.caches.keys())
    attempt("file system", lambda: js.navigator.storage.getDirectory())
    attempt("cookieStore", lambda: js.cookieStore.getAll())
    attempt("XMLHttpRequest", lambda: send(js.XMLHttpRequest.new()))
    attempt("fetch page", lambda: js.fetch(APP))
    attempt("fetch api", lambda: js.fetch(APP + "api/fetch"))
    attempt("fetch localhost", lambda: js.fetch(APP.replace("127.0.0.1", "localhost")))
    attempt("Function", lambda: js.Function.new("return 1")())
    print("origin", js.self.origin)
    print("all attempts made")

def send(request):
    request.open("GET", APP, False)
    request.send()
    return request.responseText
`);
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("all attempts made");
  await step.expectLog("origin null");
  await expect(step.log).not.toContainText("REACHED");
  await expect(builder.networkDialog).toBeHidden();
});

test("Python's sockets can't reach the gateway itself, by any of its names", async ({ runnel, gateway }) => {
  const { builder, step } = await runnel.newStep(`import socket
import urllib.request

def attempt(name, action):
    try:
        print("REACHED", name, str(action())[:80])
    except PermissionError as error:
        print("refused", name)
    except OSError as error:
        print("refused" if isinstance(getattr(error, "reason", None), PermissionError) else "failed", name, error)

def handler(pd: "pipedream"):
    for host in ["127.0.0.1", "localhost", "127.0.0.2", "0.0.0.0", "::ffff:127.0.0.1", "2130706433", "0x7f.1"]:
        attempt(host, lambda: socket.create_connection((host, ${gateway.port}), timeout=5))
    attempt("urllib", lambda: urllib.request.urlopen("${gateway.url}"))
    attempt("metadata", lambda: socket.create_connection(("169.254.169.254", 80), timeout=5))
    print("all attempts made")
`);
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("all attempts made");
  await expect(step.log).not.toContainText("REACHED");
  await expect(step.log).toContainText("refused 127.0.0.1");
  await expect(step.log).toContainText("refused urllib");
  await expect(builder.networkDialog).toBeHidden();
});

test("a message to BroadcastChannel is not heard by the app, nor one from it by a step", async ({
  runnel,
  page,
}) => {
  const { step } = await runnel.newStep(`import js
from pyodide.ffi import create_proxy, run_sync
import asyncio

def handler(pd: "pipedream"):
    channel = js.BroadcastChannel.new("attack")
    heard = []
    channel.onmessage = create_proxy(lambda event: heard.append(event.data))
    channel.postMessage("from the step")
    print("posted")
    run_sync(asyncio.sleep(0.3))
    print("heard", heard)
`);
  await page.evaluate(() => {
    const heard: unknown[] = [];
    const channel = new BroadcastChannel("attack");
    channel.onmessage = ({ data }) => heard.push(data);
    const timer = setInterval(() => channel.postMessage("from the app"), 20);
    Object.assign(window, { heard, stopPosting: () => clearInterval(timer) });
  });
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("heard []");
  expect(await page.evaluate(() => Reflect.get(window, "heard"))).toEqual([]);
});

test("a step gets only the accounts attached to it", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const withAccount = await builder.addCode(
    "trigger",
    "python",
    'def handler(pd: "pipedream"):\n    return sorted(pd.inputs)\n',
  );
  await builder.attachApp(withAccount, "Slack");
  await (await withAccount.connect("Slack")).submit("Acme", { oauth_access_token: tokens.acme });
  const without = await builder.addCode(
    "python",
    "python_2",
    `import json
import os

def handler(pd: "pipedream"):
    print("inputs", sorted(pd.inputs), "token elsewhere:", "xoxb" in json.dumps([pd.steps, dict(os.environ)]))
`,
  );
  await builder.testWorkflow();
  await without.expectStatus("Success");
  await without.expectLog("inputs [] token elsewhere: False");
  await withAccount.expectExport(/0\s*"slack"/);
});
