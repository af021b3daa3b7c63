/** What our start is measured against: Pyodide alone in a worker, served as well as a local server can. */
import path from "node:path";
import { serve } from "../lib/serve.ts";

const modules = path.resolve(import.meta.dirname, "../../node_modules");
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

/** Serves the baselines on a free port. */
export function startBaselines(): Promise<{ readonly url: string; close(): void }> {
  return serve((pathname, origin) => {
    const page = pages[pathname];
    if (page !== undefined) return { text: page.replaceAll("ORIGIN", origin) };
    if (pathname === "/bare-worker.mjs") return { text: bareWorker };
    const file = path.join(modules, pathname);
    return file.startsWith(modules + path.sep) ? { file } : null;
  });
}
