/** A step can not reach what is the app's: it tries everything, and each attempt is refused. */
import { downloadedText } from "./pages/download.ts";
import { expect, test, tokens } from "./product.ts";

test.use({ pageErrorsFail: false, samePage: true });

/** What a step tries through `import js`, and what it must get instead. */
const attempts: readonly (readonly [attempt: string, refusal: RegExp])[] = [
  ['js.indexedDB.open("runnel")', /SecurityError/],
  ["js.indexedDB.databases()", /SecurityError/],
  ["js.caches.keys()", /SecurityError|NS_ERROR_FAILURE/],
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
  ['js.navigator.sendBeacon(ELSEWHERE, "x")', /AttributeError/],
  ['js.WebTransport.new(APP.replace("http:", "https:")).ready', /SecurityError|WebTransportError|Attribute/],
  ['js.WebSocketStream.new(APP.replace("http", "ws")).opened', /SecurityError|NetworkError|Attribute/],
  ["js.RTCPeerConnection.new()", /AttributeError/],
  ['js.navigator.serviceWorker.register(APP + "favicon.svg")', /SecurityError|AttributeError/],
  ["js.navigator.serviceWorker.getRegistrations()", /SecurityError|AttributeError/],
  ['js.navigator.storageBuckets.open("runnel")', /SecurityError|AttributeError/],
  ['js.navigator.locks.request("runnel", create_proxy(lambda lock: 1))', /SecurityError/],
  // Code of its own, and threads that would outlive the step.
  ['js.importScripts(APP + "favicon.svg")', /NetworkError|TypeError/],
  ['js.importScripts("data:text/javascript,1")', /NetworkError|TypeError/],
  ['opened(js.Worker.new(APP + "favicon.svg"))', /AttributeError/],
  ['opened(js.Worker.new("data:text/javascript,postMessage(1)"))', /AttributeError/],
  ["opened(js.Worker.new(blob_of('postMessage(1)')))", /AttributeError/],
  ["opened(js.SharedWorker.new(blob_of('onconnect = (e) => e.ports[0].postMessage(1)')))", /AttributeError/],
  ['js.eval("1 + 1")', /EvalError/],
  ['js.Function.new("return 1")()', /EvalError/],
  ['run_js("1 + 1")', /EvalError/],
  ['evaluated_later("self.later = 1")', /AttributeError/],
  // The tab, the person's other devices and permissions.
  ["js.open(ELSEWHERE)", /AttributeError/],
  ["js.location.assign(ELSEWHERE)", /AttributeError/],
  ['must(js.Reflect.set(js.location, "href", ELSEWHERE))', /PermissionError/],
  ['shown(js.Notification.new("Runnel"))', /refused|AttributeError|TypeError/],
  ["js.navigator.geolocation.getCurrentPosition(print)", /AttributeError/],
  ["js.navigator.clipboard.readText()", /AttributeError/],
  ["js.navigator.mediaDevices.enumerateDevices()", /AttributeError/],
  ["js.navigator.usb.getDevices()", /SecurityError|AttributeError/],
  ["js.navigator.serial.getPorts()", /SecurityError|AttributeError/],
  // The same from Python's side of it.
  ["pyodide.http.open_url(APP)", /Error/],
  ["pyodide.http.pyfetch(APP)", /Error|Exception/],
  ["webbrowser.open(ELSEWHERE)", /Error/],
  ['subprocess.run(["ls"])', /OSError/],
];

const program = (app: string, elsewhere: string) => `import subprocess
import webbrowser

import js
import pyodide.http
from pyodide.code import run_js
from pyodide.ffi import create_proxy, run_sync, to_js

APP = "${app}"
ELSEWHERE = "${elsewhere}/echo"

def opened(target):
    def wait(resolve, reject):
        target.onopen = target.onmessage = create_proxy(lambda event: resolve("opened"))
        target.onerror = create_proxy(lambda event: reject(js.Error.new("refused")))
    return js.Promise.new(create_proxy(wait))

def shown(notification):
    def wait(resolve, reject):
        notification.onshow = create_proxy(lambda event: resolve("shown"))
        notification.onerror = create_proxy(lambda event: reject(js.Error.new("refused")))
    return js.Promise.new(create_proxy(wait))

def blob_of(code):
    return js.URL.createObjectURL(js.Blob.new(to_js([code])))

def must(value):
    if not value:
        raise PermissionError("nothing happened")
    return value

def evaluated_later(code):
    js.setTimeout(code)
    run_sync(js.Promise.new(create_proxy(lambda resolve, reject: js.setTimeout(resolve, 1))))
    return js.later

def native_fetch(url):
    native = js.Object.getOwnPropertyDescriptor(js.WorkerGlobalScope.prototype, "fetch").value
    return js.Reflect.apply(native, js.self, to_js([url]))

def synchronous_request(url):
    request = js.XMLHttpRequest.new()
    request.open("GET", url, False)
    request.send()
    return request.responseText

ATTEMPTS = ${JSON.stringify(attempts.map(([code]) => code))}

def handler(pd: "pipedream"):
    for number, code in enumerate(ATTEMPTS):
        try:
            got = eval(code)
            if hasattr(got, "then") or hasattr(got, "send"):
                got = run_sync(got)
            print(f"attempt {number} REACHED {str(got)[:80]!r}")
        except BaseException as error:
            print(f"attempt {number} refused by {type(error).__name__} {error}".replace("\\n", " ")[:200])
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
    // A spare worker reads its own modules, which lie in the sandbox; Firefox tells of the page's own sockets too.
    if (/^https?:/.test(protocol) && response.status() !== 101) answered.push(pathname);
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

/** Looks for an account's token wherever Python can look; of its own it has only the beginning. */
const search = `import gc
import glob
import os
import sys

import js

BEGIN = "-".join(["xoxb", "made", "up"])

def has(text):
    return isinstance(text, str) and BEGIN in text and text != BEGIN

def holders():
    return [type(each).__name__ for each in gc.get_objects() if any(has(text) for text in gc.get_referents(each))]

def frames():
    frame, texts = sys._getframe(), []
    while frame:
        texts.append(repr(frame.f_locals))
        frame = frame.f_back
    return [text for text in texts if has(text)]

def files():
    found = []
    for path in glob.glob("/tmp/**", recursive=True) + glob.glob("/proc/**", recursive=True) + glob.glob("/home/**", recursive=True):
        if os.path.isfile(path) and os.path.getsize(path) < 1e6:
            with open(path, "rb") as file:
                if has(file.read().decode("latin-1")):
                    found.append(path)
    return found

def names_of_javascript():
    names = js.Object.getOwnPropertyNames(js.self)
    return [name for name in names if has(str(js.Reflect.get(js.self, name)))]

def handler(pd: "pipedream"):
    print("inputs", sorted(pd.inputs), "steps", has(repr(pd.steps)), "environment", has(repr(dict(os.environ))))
    print("held by", holders(), "frames", frames(), "files", files(), "javascript", names_of_javascript())
`;

test("a step finds only the accounts attached to it", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const withAccount = await builder.addCode(
    "trigger",
    "python",
    `import urllib.parse

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    me = {"header": f"Bearer {token}", "later": lambda: token}
    me["me"] = me
    urllib.parse.urlsplit("https://slack.example/?token=" + token)
    return sorted(pd.inputs)
`,
  );
  await builder.attachApp(withAccount, "Slack");
  await withAccount.giveAccount("Slack", "Acme", { oauth_access_token: tokens.acme });
  const without = await builder.addCode("python", "python_2", search);
  await builder.testWorkflow();
  await without.expectStatus("Success");
  await without.expectLog("inputs [] steps False environment False");
  await without.expectLog("held by [] frames [] files [] javascript []");
  await withAccount.expectExport(/0\s*"slack"/);
});
