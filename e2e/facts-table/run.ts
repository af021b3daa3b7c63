/**
 * `npm run facts-table`: runs the tests that name a fact of the Python step and writes docs/facts.md (docs/facts.json holds the
 * results). `-- --names` writes anew which tests there are and keeps the results of the last run. `-- --check`, a part of
 * `npm run check`, writes nothing: it fails where a fact has no test, or the table names other tests than there are.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gaps, type Results, table } from "./table.ts";
import { browserTests, type NamedTest, pythonTests, testsOfReport } from "./tests.ts";

const root = path.resolve(import.meta.dirname, "../..");
const tableFile = path.join(root, "docs/facts.md");
const resultsFile = path.join(root, "docs/facts.json");

function main(mode: string | undefined): number {
  const tests = [...pythonTests(), ...browserTests()];
  const problems = [...gaps(tests)];
  if (mode === "--check") {
    if (read(tableFile) !== table(tests, storedResults()))
      problems.push("docs/facts.md names other tests than there are: npm run facts-table -- --names");
  } else {
    const results =
      mode === "--names" ? only(tests, storedResults()) : only(tests, { ...runPython(), ...runBrowser() });
    writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(tableFile, table(tests, results));
    const failed = Object.entries(results).filter(([, result]) => result !== "passed");
    problems.push(...failed.map(([id, result]) => `${id}: ${result}`));
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length > 0 ? 1 : 0;
}

const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
const storedResults = (): Results => JSON.parse(read(resultsFile) || "{}");

function only(tests: readonly NamedTest[], results: Results): Results {
  const ids = [...new Set(tests.map(({ id }) => id))].sort();
  return Object.fromEntries(ids.flatMap((id) => (results[id] === undefined ? [] : [[id, results[id]]])));
}

function runPython(): Results {
  const script = path.join(import.meta.dirname, "run_bridge_tests.py");
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
  const { stdout } = spawnSync("python3", [script, path.join(root, "src/runtime/python")], {
    encoding: "utf8",
    env,
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!stdout) throw new Error("The tests of the bridge did not run: is there a python3 (3.11 or later)?");
  return JSON.parse(stdout);
}

function runBrowser(): Results {
  const folder = mkdtempSync(path.join(os.tmpdir(), "runnel-facts-"));
  const report = path.join(folder, "report.json");
  const args = ["--project=chromium", "--reporter=line,json", "-g", "\\bfacts? S?\\d"];
  spawnSync(process.execPath, [path.join(root, "e2e/run.ts"), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const tests = testsOfReport(JSON.parse(readFileSync(report, "utf8")));
  rmSync(folder, { recursive: true });
  return Object.fromEntries(tests.map(({ id, result }) => [id, result]));
}

process.exit(main(process.argv[2]));
