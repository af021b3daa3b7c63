/** A step can not reach what is the app's: it tries everything, and each attempt is refused. */
import { downloadedText } from "./pages/download.ts";
import { expect, test, tokens } from "./product.ts";

test.use({ pageErrorsFail: false });

/** What a step tries through `import js`, and what it must get instead. */
const attempts: readonly (readonly [attempt: string, refusal: RegExp])[] = [
  ['js.indexedDB.open("runnel")', /SecurityError/],
  ["js.indexedDB.databases()", /SecurityError/],
  ["js.caches.keys()", /SecurityError/],
  ["js.navigator.storage.getDirectory()", /SecurityError/],
  ["js.localStorage.length", /AttributeError/],
  ["js.sessionStorage.length", /AttributeError/],
  ["js.cookieStore.getAll()", /AttributeError/],
  ["js.parent.document", /AttributeError/],
  ["js.top.document", /AttributeError/],
  ["js.window.document", /AttributeError/],
  ["js.document.cookie", /AttributeError/],
  ["js.opener.location", /AttributeError/],
  ["js.fetch(APP)", /can't reach Runnel itself/],
  ['js.fetch(APP + "api/fetch")', /can't reach Runnel itself/],
  ['js.fetch(APP.replace("127.0.0.1", "localhost"))', /Runnel's own gateway/],
  [
    'js.fetch(APP.replace("127.0.0.1", "[::ffff:127.0.0.1]"))',
    /Runnel's own gateway|can't reach Runnel itself/,
  ],
  ['js.fetch("/")', /TypeError/],
  ["native_fetch(APP)", /TypeError|Security Policy/],
  ["synchronous_request(APP)", /NetworkError/],
  // Nor any other server, but through the gateway and its policy.
  ["native_fetch(ELSEWHERE)", /TypeError|Security Policy/],
  ["synchronous_request(ELSEWHERE)", /NetworkError/],
  ['opened(js.WebSocket.new(APP.replace("http", "ws") + "api/sockets"))', /SecurityError|refused/],
  ["opened(js.EventSource.new(APP))", /SecurityError|refused/],
  ['js.importScripts(APP + "favicon.svg")', /NetworkError|TypeError/],
  ['opened(js.Worker.new(APP + "favicon.svg"))', /SecurityError|refused/],
  ['js.eval("1 + 1")', /EvalError/],
  ['js.Function.new("return 1")()', /EvalError/],
];

const program = (app: string, elsewhere: string) => `import js
from pyodide.ffi import create_proxy, run_sync, to_js

APP = "${app}"
ELSEWHERE = "${elsewhere}/echo"

def opened(target):
    def wait(resolve, reject):
        target.onopen = target.onmessage = create_proxy(lambda event: resolve("opened"))
        target.onerror = create_proxy(lambda event: reject(js.Error.new("refused")))
    return js.Promise.new(create_proxy(wait))

def native_fetch(url):
    native = js.Object.getOwnPropertyDescriptor(js.WorkerGlobalScope.prototype, "fetch").value
    return js.Reflect.apply(native, js.self, to_js([url]))

def synchronous_request(url):
    request = js.XMLHttpRequest.new()
    request.open("GET", url, False)
    request.send()
    return request.responseText

def attempt(number, action):
    try:
        got = action()
        if hasattr(got, "then"):
            got = run_sync(got)
        print(f"attempt {number} REACHED {str(got)[:80]!r}")
    except BaseException as error:
        print(f"attempt {number} refused by {type(error).__name__} {error}".replace("\\n", " ")[:200])

def handler(pd: "pipedream"):
${attempts.map(([code], index) => `    attempt(${index}, lambda: ${code})`).join("\n")}
    print("origin", js.self.origin)
    print("all attempts made")
`;

test("import js finds no storage, no page, no cookies, no way to the app", async ({
  runnel,
  gateway,
  page,
  web,
}) => {
  const { builder, step } = await runnel.newStep(program(gateway.url, web.url));
  await runnel.expectPython();
  const answered: string[] = [];
  page.on("response", (response) => {
    const { protocol, pathname } = new URL(response.url());
    // A spare worker reads its own modules, which lie in the sandbox.
    if (protocol !== "blob:") answered.push(pathname);
  });
  await step.test();
  await step.expectStatus("Success");
  const log = await downloadedText(page, () =>
    step.root.getByRole("button", { name: "Download log" }).click(),
  );
  for (const [index, [code, refusal]] of attempts.entries()) {
    const [line = "is missing in the log"] = new RegExp(`attempt ${index} .*`).exec(log) ?? [];
    expect(line, code).toMatch(refusal);
    expect(line, code).toContain("refused by");
  }
  expect(log).toContain("origin null");
  expect(log).toContain("all attempts made");
  await expect(builder.networkDialog).toBeHidden();
  // The page itself asked the gateway on behalf of the step, which refused.
  const ofTheApp = /^\/assets\//;
  expect(answered.filter((path) => path !== "/api/fetch" && !ofTheApp.test(path))).toEqual([]);
  expect(web.requests).toEqual([]);
});

/** The same in JavaScript proper: a step can't evaluate text, but it can start a worker from a `data:` address. */
const insideWorker = `
const opened = (target) => new Promise((resolve, reject) => {
  target.onopen = target.onmessage = () => resolve("opened");
  target.onerror = () => reject(new Error("refused"));
});
const attempts = {
  "indexedDB": () => indexedDB.databases(),
  "caches": () => caches.keys(),
  "file system": () => navigator.storage.getDirectory(),
  "localStorage": () => localStorage.length,
  "fetch": () => fetch(APP),
  "fetch without cors": () => fetch(APP, { mode: "no-cors", credentials: "include" }),
  "fetch of another server": () => fetch(ELSEWHERE, { mode: "no-cors" }),
  "beacon": () => { if (!navigator.sendBeacon(ELSEWHERE, "x")) throw new Error("refused"); },
  "fetch of the API": () => fetch(APP + "api/fetch", { method: "POST" }),
  "XMLHttpRequest": () => { const r = new XMLHttpRequest(); r.open("GET", APP, false); r.send(); return r.responseText; },
  "WebSocket": () => opened(new WebSocket(APP.replace("http", "ws") + "api/sockets")),
  "EventSource": () => opened(new EventSource(APP)),
  "import": () => import(APP + "favicon.svg"),
  "importScripts": () => importScripts(APP + "favicon.svg"),
  "worker": () => opened(new Worker(APP + "favicon.svg")),
  "eval": () => eval("1 + 1"),
};
(async () => {
  const results = [];
  for (const [name, action] of Object.entries(attempts)) {
    try { results.push("REACHED " + name + " " + String(await action()).slice(0, 80)); }
    catch (error) { results.push("refused " + name + " " + error.name); }
  }
  postMessage(results.join("\\n") + "\\norigin " + self.origin + "\\nall attempts made");
})();
`;

test("a worker that a step starts gets no further", async ({ runnel, gateway, web }) => {
  const { step } = await runnel.newStep(`import js
from pyodide.ffi import create_proxy, run_sync

CODE = ${JSON.stringify(insideWorker)}.replace("APP", '"${gateway.url}"').replace("ELSEWHERE", '"${web.url}/echo"')

def handler(pd: "pipedream"):
    try:
        worker = js.Worker.new("data:text/javascript," + js.encodeURIComponent(CODE))
    except BaseException as error:
        print("no worker can be started:", error, "\\nall attempts made")
        return
    def wait(resolve, reject):
        worker.onmessage = create_proxy(lambda event: resolve(event.data))
        worker.onerror = create_proxy(lambda event: resolve("no worker can be started\\nall attempts made"))
    print(run_sync(js.Promise.new(create_proxy(wait))))
`);
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("all attempts made");
  await expect(step.log).toContainText(/no worker can be started|refused indexedDB/);
  await expect(step.log).not.toContainText("REACHED");
  expect(web.requests).toEqual([]);
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
