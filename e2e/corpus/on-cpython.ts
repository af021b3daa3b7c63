import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { CPythonCase } from "./cases/cpython.ts";
import { codeOf, triggerEvent } from "./corpus-file.ts";

interface World {
  readonly env: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, number>>;
  /** PEM of the authority of the mocks. */
  readonly ca: string;
}

/** Runs cases through the product's bridge on CPython; gives what they exported by name. Throws with Python's own words. */
export async function runOnCPython(cases: readonly CPythonCase[], world: World): Promise<unknown> {
  const child = spawn("python3", [path.join(import.meta.dirname, "on_cpython.py")], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const asked = cases.map(({ name, requirements }) => ({ name, code: codeOf(name), requirements }));
  child.stdin.end(JSON.stringify({ cases: asked, event: triggerEvent, ...world }));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  try {
    return JSON.parse(output);
  } catch {
    throw new Error(`python3 gave no results:\n${errors}`);
  }
}
