/** What the frame's policy and its opaque origin refuse, tried with JavaScript in its own document and in workers of it. */
import { expect, test } from "../product.ts";

test.use({ pageErrorsFail: false, samePage: true });

/** Each resolves with what it got hold of, or rejects. `APP` and `ELSEWHERE` are addresses. */
const everywhere = `
  const opened = (target) => new Promise((resolve, reject) => {
    target.onopen = target.onmessage = () => resolve("opened");
    target.onerror = () => reject(new Error("refused"));
  });
  const must = (value) => { if (!value) throw new Error("refused"); return value; };
  const blob = (code) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const attempts = {
    "indexedDB": () => indexedDB.databases(),
    "caches": () => caches.keys(),
    "file system": () => navigator.storage.getDirectory(),
    "localStorage": () => localStorage.length,
    "cookieStore": () => cookieStore.getAll(),
    "locks": () => navigator.locks.request("runnel", () => 1),
    "service worker": () => navigator.serviceWorker.register(APP + "favicon.svg"),
    "fetch": () => fetch(APP),
    "fetch without cors": () => fetch(APP, { mode: "no-cors", credentials: "include" }),
    "fetch of another server": () => fetch(ELSEWHERE, { mode: "no-cors" }),
    "fetch that outlives it": () => fetch(ELSEWHERE, { mode: "no-cors", keepalive: true }),
    "fetch of the API": () => fetch(APP + "api/fetch", { method: "POST" }),
    "XMLHttpRequest": () => { const r = new XMLHttpRequest(); r.open("GET", APP, false); r.send(); return r.responseText; },
    "WebSocket": () => opened(new WebSocket(APP.replace("http", "ws") + "api/sockets")),
    "WebSocket elsewhere": () => opened(new WebSocket(ELSEWHERE.replace("http", "ws"))),
    "WebTransport": () => new WebTransport(APP.replace("http:", "https:")).ready,
    "EventSource": () => opened(new EventSource(APP)),
    "import": () => import(APP + "favicon.svg"),
    "import of data": () => import("data:text/javascript,export default 1"),
    "worker": () => opened(new Worker(APP + "favicon.svg")),
    "module worker": () => opened(new Worker(APP + "favicon.svg", { type: "module" })),
    "blob worker": () => opened(new Worker(blob("postMessage(1)"))),
    "blob module worker": () => opened(new Worker(blob("postMessage(1)"), { type: "module" })),
  };`;
const inWorker = `
  attempts["eval"] = () => eval("1 + 1");
  attempts["Function"] = () => new Function("return 1")();
  attempts["importScripts"] = () => importScripts(APP + "favicon.svg");
  attempts["importScripts of data"] = () => importScripts("data:text/javascript,1");`;
const inDocument = `
  const loaded = (name, set) => new Promise((resolve, reject) => {
    const element = document.createElement(name);
    element.onload = () => resolve("loaded");
    element.onerror = () => reject(new Error("refused"));
    set(element);
    document.documentElement.append(element);
  });
  attempts["document.cookie"] = () => document.cookie;
  attempts["the page's document"] = () => parent.document.title;
  attempts["the page's address"] = () => parent.location.href;
  attempts["the page's storage"] = () => top.localStorage.length;
  attempts["a new window"] = () => must(open(ELSEWHERE));
  attempts["shared worker"] = () => must(opened(new SharedWorker(blob("onconnect = (e) => e.ports[0].postMessage(1)")).port));
  attempts["image"] = () => loaded("img", (image) => { image.src = ELSEWHERE; });
  attempts["script"] = () => loaded("script", (script) => { script.src = ELSEWHERE; });
  attempts["stylesheet"] = () => loaded("link", (link) => { link.rel = "stylesheet"; link.href = ELSEWHERE; });
  attempts["clipboard"] = () => navigator.clipboard.readText();
  attempts["position"] = () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject));
  attempts["microphone"] = () => navigator.mediaDevices.getUserMedia({ audio: true });
  attempts["notification"] = () => Notification.requestPermission().then((answer) => must(answer === "granted"));
  attempts["payment"] = () => new PaymentRequest([{ supportedMethods: APP }], { total: { label: "a", amount: { currency: "EUR", value: "1" } } }).show();`;
const run = `
  (async () => {
    const results = [];
    for (const [name, action] of Object.entries(attempts)) {
      try { results.push("REACHED " + name + " " + String(await action()).slice(0, 80)); }
      catch (error) { results.push("refused " + name); }
    }
    return results;
  })()`;

test("its document and its workers get nowhere", async ({ runnel, page, gateway, web, browserName }) => {
  await runnel.open();
  await runnel.expectPython();
  const frame = page.frames().find((each) => each.url().endsWith("/runtime/frame.html"));
  if (!frame) throw new Error("The page has no frame.");
  const addresses = `const APP = "${gateway.url}", ELSEWHERE = "${web.url}/echo";`;
  const inThread = `${addresses}${everywhere}${inWorker}${run}.then((results) => postMessage(results));`;
  const pages = page.context().pages().length;
  const asked: string[] = [];
  page.on("response", (response) => {
    const { protocol, pathname } = new URL(response.url());
    if (/^https?:/.test(protocol)) asked.push(pathname);
  });

  // Things that say nothing of how they went; that nothing was asked for is seen at the end.
  await frame.evaluate((url) => {
    navigator.sendBeacon(url, "x");
    const form = document.createElement("form");
    form.action = url;
    document.documentElement.append(form);
    form.submit();
    for (const rel of ["prefetch", "preload", "preconnect", "dns-prefetch"]) {
      const link = Object.assign(document.createElement("link"), { rel, href: url, as: "fetch" });
      document.documentElement.append(link);
    }
  }, `${web.url}/echo`);
  const inWorkers = await frame.evaluate(async (code) => {
    const url = `data:text/javascript,${encodeURIComponent(code)}`;
    const answer = (type: WorkerType) =>
      new Promise<readonly string[]>((resolve) => {
        const worker = new Worker(url, { type });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve([`no worker: ${message}`]);
      });
    return { classic: await answer("classic"), module: await answer("module") };
  }, inThread);
  const inFrame: readonly string[] = await frame.evaluate(
    `(() => { ${addresses}${everywhere}${inDocument} return ${run.trim()}; })()`,
  );

  // The tests' Firefox lets every page read the clipboard, see playwright.config.ts; a person's asks for a click each time.
  const harmless = browserName === "firefox" ? /^(refused|REACHED clipboard) / : /^refused /;
  for (const results of [inWorkers.classic, inWorkers.module, inFrame]) {
    expect(results.filter((line) => !harmless.test(line))).toEqual([]);
    expect(results.length).toBeGreaterThan(25);
  }
  await expect(
    frame.evaluate((url) => {
      if (top) top.location.href = url;
    }, `${web.url}/echo`),
  ).rejects.toThrow();
  expect(page.url()).toContain(gateway.url);
  expect(page.context().pages()).toHaveLength(pages);
  expect(asked).toEqual([]);
  expect(web.requests).toEqual([]);
});
