/** What opening a workflow again is measured against: Pyodide alone, micropip, the same wheels, from a local server. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { serve } from "../lib/serve.ts";

const root = path.resolve(import.meta.dirname, "../..");
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
export function startBaseline(wheels: Wheels): Promise<{ readonly url: string; close(): void }> {
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
  return serve((pathname) => {
    const text = texts[pathname];
    if (text !== undefined) return { text };
    const bytes = wheels.get(path.posix.basename(pathname));
    if (bytes) return { bytes };
    if (pathname.startsWith("/pyodide/")) return { file: path.join(root, "node_modules", pathname) };
    return { file: path.join(root, ".cache/runtime", path.posix.basename(pathname)) };
  });
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
