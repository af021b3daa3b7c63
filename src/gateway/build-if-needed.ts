import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readdir, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** One thing that is built: it is out of date when a source is newer than its result. */
interface BuildPart {
  readonly name: string;
  /** The file that the build writes last. */
  readonly result: string;
  readonly sources: readonly string[];
  readonly command: readonly string[];
}

const shared = ["package.json", "package-lock.json"];

function parts(): readonly BuildPart[] {
  return [
    {
      name: "the Python runtime",
      result: "dist/runtime/manifest.json",
      sources: ["src/runtime", "src/lib", ...shared],
      command: ["src/runtime/build/build-runtime.ts"],
    },
    {
      name: "the app",
      result: "dist/app/index.html",
      sources: ["src", "public", "index.html", "vite.config.ts", ...shared],
      command: ["node_modules/vite/bin/vite.js", "build"],
    },
  ];
}

/**
 * Builds what is missing or older than its sources, with a line for each part. `only`: for development, where Vite serves
 * the app itself. Rejects with the build's own last lines when it fails.
 */
export async function buildIfNeeded(
  root: string,
  only: "everything" | "runtime",
  say: (line: string) => void,
) {
  for (const part of only === "runtime" ? parts().slice(0, 1) : parts()) {
    if (!(await outOfDate(root, part))) continue;
    say(`Building ${part.name} …`);
    const start = performance.now();
    await run(root, part);
    say(`Built ${part.name} in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
  }
}

async function outOfDate(root: string, part: BuildPart): Promise<boolean> {
  const built = await stat(path.join(root, part.result)).catch(() => null);
  if (built === null) return true;
  const newest = await Promise.all(part.sources.map((source) => newestChange(path.join(root, source))));
  return Math.max(...newest) > built.mtimeMs;
}

/** Milliseconds; 0 for what isn't there. Tests and the gateway itself are not part of any build. */
async function newestChange(file: string): Promise<number> {
  const stats = await stat(file).catch(() => null);
  if (stats === null) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  const names = (await readdir(file)).filter(
    (name) => !/\.test\.tsx?$|^test_.*\.py$|^gateway$|^__pycache__$/.test(name),
  );
  const inside = await Promise.all(names.map((name) => newestChange(path.join(file, name))));
  return Math.max(0, ...inside);
}

/** The output goes through a file: a crashing build would be cut off in the middle of a pipe. */
async function run(root: string, part: BuildPart): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "runnel-build-"));
  const log = path.join(folder, "log");
  const output = await open(log, "w");
  try {
    const build = spawn(process.execPath, [...part.command], {
      cwd: root,
      stdio: ["ignore", output.fd, output.fd],
    });
    const [code] = (await once(build, "close")) as [number | null];
    if (code !== 0) throw new Error(`Building ${part.name} failed:\n${shorten(await readFile(log, "utf8"))}`);
  } finally {
    await output.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The last lines, without the minified sources that a stack trace may quote. */
function shorten(output: string): string {
  const lines = output.trimEnd().split("\n").slice(-40);
  return lines.map((line) => (line.length > 400 ? `${line.slice(0, 400)} …` : line)).join("\n");
}
