import { createHash } from "node:crypto";
import path from "node:path";

const here = import.meta.dirname;
/** Top of the checkout. */
export const root = path.resolve(here, "../../..");
export const pythonTree = path.join(root, "src/runtime/python");
export const pyodideDir = path.join(root, "node_modules/pyodide");
export const cacheDir = path.join(root, ".cache/runtime");
export const outDir = path.join(root, "dist/runtime");

/** Where the bridge's Python lies in the interpreter's own file system. */
export const SITE = "/lib/runnel";

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
