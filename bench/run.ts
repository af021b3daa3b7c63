/**
 * `npm run bench [-- NAME…] [-- --save]`: runs the benches of this folder (or those named) and prints one table. Ratios are taken
 * within one run: these machines are noisy. `--save` writes docs/bench.md and docs/bench.json, too.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildIfNeeded } from "../src/gateway/build-if-needed.ts";

/** One line of the table. */
export interface BenchRow {
  readonly name: string;
  readonly median: string;
  readonly ratio?: string;
  readonly note?: string;
  /** The same as numbers, for docs/bench.json; names say their units. */
  readonly values?: Readonly<Record<string, number>>;
}

const root = path.resolve(import.meta.dirname, "..");

async function main(args: readonly string[]): Promise<void> {
  const benches = chosen(args.filter((arg) => !arg.startsWith("--")));
  await buildIfNeeded(root, "everything", (line) => process.stderr.write(`${line}\n`));
  const machine = describeMachine();
  const { processor, cores, memoryGB, system, node, python, pyodide, commit } = machine;
  const lines: string[] = [];
  const print = (line: string) => {
    process.stdout.write(`${line}\n`);
    lines.push(line);
  };
  print(`${processor} × ${cores}, ${memoryGB} GB, ${system}`);
  print(`Node ${node}, Python ${python}, Pyodide ${pyodide}, commit ${commit}\n`);
  print("| bench | median | ratio | note |\n|---|---|---|---|");
  const rows: BenchRow[] = [];
  const failed: string[] = [];
  for (const name of benches) {
    const { run } = (await import(`./${name}.ts`)) as { run: () => Promise<BenchRow[]> };
    try {
      for (const row of await run()) {
        rows.push(row);
        print(`| ${row.name} | ${row.median} | ${row.ratio ?? ""} | ${row.note ?? ""} |`);
      }
    } catch (error) {
      // The others are worth their time all the same.
      failed.push(name);
      process.stderr.write(`The bench ${name} failed: ${error instanceof Error ? error.stack : error}\n`);
    }
  }
  if (args.includes("--save")) save(lines, { machine, rows });
  if (failed.length > 0) throw new Error(`These failed and are not in the table: ${failed.join(", ")}.`);
}

/** Names of benches: all, or those that were asked for. */
function chosen(wanted: readonly string[]): readonly string[] {
  const all = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && file !== "run.ts")
    .map((file) => file.replace(/\.ts$/, ""));
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no bench ${unknown.join(", ")}; there are ${all.join(", ")}.`);
  return wanted.length > 0 ? wanted : all;
}

function save(lines: readonly string[], data: unknown): void {
  const docs = path.join(root, "docs");
  mkdirSync(docs, { recursive: true });
  const intro =
    "Written by `npm run bench -- --save`. Each ratio is of one run, whose parts took turns; single times depend on the machine.";
  writeFileSync(path.join(docs, "bench.md"), `# Benches\n\n${intro}\n\n${lines.join("\n")}\n`);
  writeFileSync(path.join(docs, "bench.json"), `${JSON.stringify(data, null, 2)}\n`);
}

function describeMachine() {
  const { version } = JSON.parse(
    readFileSync(path.join(root, "node_modules/pyodide/package.json"), "utf8"),
  ) as { version: string };
  return {
    processor: os.cpus()[0]?.model ?? "unknown processor",
    cores: os.cpus().length,
    memoryGB: Math.round(os.totalmem() / 1024 ** 3),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    python: output("python3", ["-c", "import platform; print(platform.python_version())"]),
    pyodide: version,
    commit: output("git", ["rev-parse", "--short", "HEAD"]),
  };
}

function output(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "none";
  }
}

await main(process.argv.slice(2));
