import type { Page } from "@playwright/test";
import { type Flood, program } from "./floods.ts";

const worker = (origin: string) => `import { loadPyodide } from "${origin}/pyodide/pyodide.mjs";
const pyodide = await loadPyodide({ indexURL: "${origin}/pyodide/" });
pyodide.setStdout({ write: (bytes) => bytes.length, isatty: false });
onmessage = ({ data }) => postMessage(pyodide.runPython(data));
postMessage("ready");`;

/** Pyodide alone in a worker, whose output goes nowhere. Gives what measures a flood in it: seconds. */
export async function barePyodide(page: Page, origin: string): Promise<(flood: Flood) => Promise<number>> {
  await page.goto(`${origin}/bare`);
  await page.evaluate(async (source) => {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const bare = new Worker(url, { type: "module" });
    Reflect.set(window, "bare", bare);
    await new Promise((resolve, reject) => {
      bare.onmessage = resolve;
      bare.onerror = (event) => reject(new Error(event.message));
    });
  }, worker(origin));
  return (flood) =>
    page.evaluate(
      (code) =>
        new Promise<number>((resolve, reject) => {
          const bare = Reflect.get(window, "bare") as Worker;
          bare.onmessage = ({ data }) => resolve(Number(data));
          bare.onerror = (event) => reject(new Error(event.message));
          bare.postMessage(code);
        }),
      `${program(flood)}\nseconds`,
    );
}
