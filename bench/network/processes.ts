import { type ChildProcess, execFile, fork } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { Load, Times, Way } from "./times.ts";

const execute = promisify(execFile);
const folder = import.meta.dirname;

/** A server of the bench in its own process, and what it said once it listened. */
export async function startProcess<Said>(
  file: string,
): Promise<{ readonly child: ChildProcess; readonly said: Said }> {
  const child = fork(path.join(folder, file));
  const said = await new Promise<Said>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Said));
    child.once("exit", (code) => reject(new Error(`${file} ended with ${code}.`)));
  });
  return { child, said };
}

/** The machine's own `python3` and its own sockets. */
export function nativePython(): Way {
  return {
    name: "python3 of this machine",
    async measure(port: number, { count, bytes }: Load): Promise<Times> {
      const code = `import json, measure; print(json.dumps(measure.measure("127.0.0.1", ${port}, ${count}, ${bytes})))`;
      const { stdout } = await execute("python3", ["-c", code], { cwd: folder });
      return JSON.parse(stdout) as Times;
    },
  };
}
