/** What opening a workflow again is measured against: Pyodide alone, micropip, the same wheels, from a local server. */
import { createReadStream, existsSync, readdirSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const types: Readonly<Record<string, string>> = {
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** File name → content. */
export type Wheels = ReadonlyMap<string, Uint8Array>;

/** Starts Pyodide, installs the wheels and runs `python`, whose last value is posted. */
const worker = (wheels: readonly string[], python: string) => `
import { loadPyodide } from "/pyodide/pyodide.mjs";
const pyodide = await loadPyodide({ indexURL: "/pyodide/" });
await pyodide.loadPackage("/wheels/${micropipFile()}");
const micropip = pyodide.pyimport("micropip");
const wheels = ${JSON.stringify(wheels)}.map((name) => location.origin + "/wheels/" + name);
await micropip.install.callKwargs(wheels, { deps: false });
postMessage(await pyodide.runPythonAsync(${JSON.stringify(python)}));
`;

const importing = `
import time
start = time.perf_counter()
import requests, slack_sdk
(time.perf_counter() - start) * 1000
`;

/** The seed's sample. Python has no sockets there: urllib goes through the browser's own requests. */
const calling = `
import pyodide_http
pyodide_http.patch_all()
from js import location
from slack_sdk import WebClient
client = WebClient(token="made-up", base_url=location.origin + "/api/")
response = client.chat_postMessage(channel="#general", text="Hello from Pipedream!")
str(response.data["ok"])
`;

/**
 * Two pages: `/imports` notes in `window.done` how many milliseconds `import requests, slack_sdk` took, `/slack` when the
 * response of the seed's sample was there, in milliseconds since the navigation.
 */
export async function startBaseline(wheels: Wheels): Promise<{ readonly url: string; close(): void }> {
  const pageOf = (name: string, done: string) => `<!doctype html><script type="module">
    const worker = new Worker("/${name}.mjs", { type: "module" });
    worker.onmessage = ({ data }) => { window.done = ${done}; };
    worker.onerror = (event) => { window.failed = event.message; };
  </script>`;
  const names = [...wheels.keys()];
  const texts: Readonly<Record<string, string>> = {
    "/imports": pageOf("imports", "data"),
    "/slack": pageOf("slack", "performance.now()"),
    "/imports.mjs": worker(names, importing),
    "/slack.mjs": worker(names, calling),
    "/api/chat.postMessage": JSON.stringify({ ok: true, channel: "C0123", ts: "1700000000.000001" }),
  };
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    const text = texts[pathname];
    if (text !== undefined) {
      const isPage = !path.extname(pathname);
      const type = pathname.startsWith("/api/")
        ? "application/json"
        : isPage
          ? "text/html"
          : "text/javascript";
      response.setHeader("content-type", type);
      response.end(text);
      return;
    }
    response.setHeader("cache-control", "public, max-age=31536000, immutable");
    response.setHeader("content-type", types[path.extname(pathname)] ?? "application/octet-stream");
    const wheel = wheels.get(path.posix.basename(pathname));
    if (wheel) {
      response.end(wheel);
      return;
    }
    const file = pathname.startsWith("/pyodide/")
      ? path.join(root, "node_modules", pathname)
      : path.join(root, ".cache/runtime", path.posix.basename(pathname));
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** micropip's wheel, which the build has brought. */
function micropipFile(): string {
  const found = readdirSync(path.join(root, ".cache/runtime")).filter((name) =>
    /^micropip-.*\.whl$/.test(name),
  );
  const last = found.sort().at(-1);
  if (!last) throw new Error("There is no micropip in .cache/runtime: run `npm run build` first.");
  return last;
}
