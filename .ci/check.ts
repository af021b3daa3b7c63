/**
 * `npm run check`: every check that needs no browser. All of them run, two at a time, so that one run shows
 * everything that is wrong; the command fails at its end when any of them did, or when the tree got dirty by them. `--build`: the
 * product is built beside them, for the browser tests.
 */
import { execFileSync, spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const pythonSources = "src/runtime/python";

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

type Outcome =
  | { readonly kind: "passed"; readonly output: string; readonly seconds: number }
  | { readonly kind: "failed"; readonly output: string; readonly seconds: number }
  | { readonly kind: "not run"; readonly output: string; readonly seconds: number };

/** In the order in which their results are printed. */
const checks: readonly Check[] = [
  ...(process.argv.includes("--build") ? [{ name: "Build", command: "node", args: [".ci/build.ts"] }] : []),
  { name: "Format and lint (biome)", command: "biome", args: ["ci", "--colors=off"] },
  { name: "Types (tsc)", command: "tsc", args: ["--noEmit", "--pretty", "false"] },
  { name: "Room boundaries (depcruise)", command: "depcruise", args: ["src", "e2e"] },
  { name: "Unused code (knip)", command: "knip", args: [] },
  { name: "Table of facts", command: "node", args: ["e2e/facts-table/run.ts", "--check"] },
  { name: "Unit tests (vitest)", command: "vitest", args: ["run", "--reporter=dot"] },
  {
    name: "Tests of the pd bridge (Python's unittest)",
    command: "python3",
    args: ["-m", "unittest", "discover", "-s", pythonSources, "-t", pythonSources, "-p", "test_*.py"],
  },
];

const noPython = `There is no python3 (3.11 or later) on this machine, so the tests of ${pythonSources} did not run.
Install it (Debian: apt-get install python3) and run this again.`;

/** Programs of node_modules come first, also when this is not started by npm. */
const env = {
  ...process.env,
  PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH ?? ""}`,
  PYTHONDONTWRITEBYTECODE: "1",
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
};

function hasPython(): boolean {
  try {
    execFileSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function run({ command, args }: Check): Promise<Outcome> {
  // A gap in the checks is accepted on a person's own machine, never where the project is judged.
  if (command === "python3" && !hasPython()) {
    return Promise.resolve({ kind: process.env.CI ? "failed" : "not run", output: noPython, seconds: 0 });
  }
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(command, [...args], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      // npm's wrappers are .cmd files on Windows, which only a shell starts.
      shell: process.platform === "win32",
    });
    let output = "";
    const gather = (chunk: Buffer) => {
      output += String(chunk);
    };
    const end = (kind: "passed" | "failed") =>
      resolve({ kind, output: output.trimEnd(), seconds: (performance.now() - start) / 1000 });
    child.stdout.on("data", gather);
    child.stderr.on("data", gather);
    child.once("error", (error) => {
      output += `${command} could not be started: ${error.message}\nIs everything installed? Run npm install.`;
      end("failed");
    });
    child.once("close", (code) => end(code === 0 ? "passed" : "failed"));
  });
}

/** What git knows to differ from the last commit, contents included; null where this is no git work tree. */
function treeState(): { readonly files: string; readonly contents: string } | null {
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 30,
    });
  try {
    return { files: git("status", "--porcelain"), contents: git("diff", "HEAD") };
  } catch {
    return null;
  }
}

function report(name: string, { kind, output, seconds }: Outcome): void {
  const mark = kind === "passed" ? "✓" : kind === "failed" ? "✗" : "–";
  process.stdout.write(`\n${mark} ${name}: ${kind} (${seconds.toFixed(1)} s)\n`);
  if (kind !== "passed" && output) process.stdout.write(`${output.replaceAll(/^/gm, "    ")}\n`);
}

/** Runs all checks on two lanes and prints each as soon as all before it are printed. */
async function runAll(): Promise<readonly Outcome[]> {
  const settlers = checks.map(() => Promise.withResolvers<Outcome>());
  let next = 0;
  const lane = async () => {
    while (next < checks.length) {
      const index = next++;
      const check = checks[index];
      if (check) settlers[index]?.resolve(await run(check));
    }
  };
  const lanes = [lane(), lane()];
  const outcomes: Outcome[] = [];
  for (const [index, { name }] of checks.entries()) {
    const outcome = await settlers[index]?.promise;
    if (!outcome) continue;
    report(name, outcome);
    outcomes.push(outcome);
  }
  await Promise.all(lanes);
  return outcomes;
}

const start = performance.now();
const before = treeState();
const outcomes = await runAll();
const after = treeState();

const problems = checks.filter((_, index) => outcomes[index]?.kind === "failed").map(({ name }) => name);
if (before && after && (before.files !== after.files || before.contents !== after.contents)) {
  problems.push("The work tree changed while the checks ran");
  const known = new Set(before.files.split("\n"));
  const files = after.files.split("\n").filter((line) => !known.has(line));
  process.stdout.write(
    `\n✗ The work tree changed while the checks ran:\n    ${files.join("\n    ") || "files that had been changed before have changed again"}\n`,
  );
}
const left = checks.filter((_, index) => outcomes[index]?.kind === "not run").map(({ name }) => name);
const seconds = ((performance.now() - start) / 1000).toFixed(1);
if (left.length > 0) process.stdout.write(`\nNot run: ${left.join(", ")}.\n`);
process.stdout.write(
  problems.length === 0
    ? `\nAll ${checks.length - left.length} checks passed in ${seconds} s.\n`
    : `\nFailed after ${seconds} s: ${problems.join("; ")}.\n`,
);
process.exit(problems.length === 0 ? 0 : 1);
