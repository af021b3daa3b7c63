/** What our start is measured against: Pyodide alone in a worker, served as well as a local server can. */
import { createReadStream, existsSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

const modules = path.resolve(import.meta.dirname, "../../node_modules");
const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** By path. The page notes in `window.done` when Python's first output was there, in milliseconds since the navigation. */
const pages: Readonly<Record<string, string>> = {
  "/bare": `<!doctype html><script type="module">
    const worker = new Worker("/bare-worker.mjs", { type: "module" });
    worker.onmessage = () => { window.done = performance.now(); };
  </script>`,
  // The interpreter's address must be a whole one: the worker's own is a blob.
  "/pyscript": `<!doctype html><body><script type="module" src="/@pyscript/core/dist/core.js"></script>
  <script type="py" worker config='{"interpreter":"ORIGIN/pyodide/pyodide.mjs"}'>
from pyscript import document, window
document.body.append("first output")
window.done = window.performance.now()
</script></body>`,
  // Its `call` prints in Python, and tells after how many milliseconds that was painted.
  "/bare-call": `<!doctype html><pre></pre><script type="module">
    const worker = new Worker("/bare-worker.mjs", { type: "module" });
    const call = () => new Promise((resolve) => {
      const start = performance.now();
      worker.onmessage = ({ data }) => {
        document.querySelector("pre").append(data + "\\n");
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
      };
      worker.postMessage("print('called')");
    });
    worker.onmessage = () => { window.call = call; };
  </script>`,
};
const bareWorker = `import { loadPyodide } from "/pyodide/pyodide.mjs";
const pyodide = await loadPyodide({ indexURL: "/pyodide/" });
pyodide.setStdout({ batched: (text) => postMessage(text) });
pyodide.runPython("print('first output')");
onmessage = ({ data }) => pyodide.runPython(data);`;

/** Serves the baseline on a free port, with the headers that shared memory needs. */
export async function startBaselines(): Promise<{ readonly url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    const page = pages[pathname];
    if (page !== undefined) {
      response.setHeader("content-type", "text/html");
      response.end(page.replaceAll("ORIGIN", `http://${request.headers.host}`));
      return;
    }
    response.setHeader("cache-control", "public, max-age=31536000, immutable");
    response.setHeader("content-type", types[path.extname(pathname)] ?? "application/octet-stream");
    if (pathname === "/bare-worker.mjs") {
      response.end(bareWorker);
      return;
    }
    const file = path.join(modules, pathname);
    if (!file.startsWith(modules + path.sep) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
}
