import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { factsIn } from "./facts.ts";

const root = path.resolve(import.meta.dirname, "../..");
const pythonSources = path.join(root, "src/runtime/python");

/** A test that names facts. */
export interface NamedTest {
  /** Where results are kept under: `tests.test_facts_entry.Entry.test_x`, or spec and title. */
  readonly id: string;
  readonly where: "CPython" | "browser";
  /** File and name, as the table shows them. */
  readonly shown: string;
  readonly facts: readonly string[];
}

/** Tests of the bridge whose docstring names facts, or that of their class. */
export function pythonTests(): readonly NamedTest[] {
  return readdirSync(pythonSources, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)test_\w+\.py$/.test(file))
    .sort()
    .flatMap((file) => testsOf(file, readFileSync(path.join(pythonSources, file), "utf8")));
}

function testsOf(file: string, source: string): NamedTest[] {
  const module = file.replace(/\.py$/, "").replaceAll("/", ".");
  const found: NamedTest[] = [];
  let group = { name: "", facts: [] as readonly string[] };
  // Classes and methods by their indentation: tests hold code of steps, with classes of its own.
  for (const [, kind = "", name = "", doc = ""] of source.matchAll(
    /^(class| {4}def| {4}async def) (\w+)[^\n]*:\n(?: +"""((?:[^"]|"(?!""))*)""")?/gm,
  )) {
    if (kind === "class") group = { name, facts: factsIn(doc) };
    else if (name.startsWith("test_")) {
      const facts = [...new Set([...group.facts, ...factsIn(doc)])];
      const shown = `${path.basename(file)}: ${name.replace("test_", "").replaceAll("_", " ")}`;
      if (facts.length > 0)
        found.push({ id: `${module}.${group.name}.${name}`, where: "CPython", shown, facts });
    }
  }
  return found;
}

interface Suite {
  readonly title: string;
  readonly file: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly Spec[];
}

interface Spec {
  readonly title: string;
  readonly file: string;
  readonly tests: readonly { readonly results: readonly { readonly status: string }[] }[];
}

/** A report of Playwright's JSON reporter. */
export interface BrowserReport {
  readonly suites: readonly Suite[];
}

/** Browser tests whose title names facts, and what came of each. */
export function testsOfReport(report: BrowserReport): readonly (NamedTest & { readonly result: string })[] {
  const named = specsOf(report.suites).map(({ title, spec }) => ({
    id: `${spec.file} › ${title}`,
    where: "browser" as const,
    shown: `${path.basename(spec.file)}: ${title.replace(/^(.* › )?facts? [^:]*: /, "")}`,
    facts: factsIn(title),
    result: spec.tests[0]?.results.at(-1)?.status ?? "",
  }));
  return named.filter(({ facts }) => facts.length > 0);
}

function specsOf(suites: readonly Suite[]): readonly { readonly title: string; readonly spec: Spec }[] {
  return suites.flatMap((suite) => [
    ...(suite.specs ?? []).map((spec) => ({
      title: suite.title === suite.file ? spec.title : `${suite.title} › ${spec.title}`,
      spec,
    })),
    ...specsOf(suite.suites ?? []),
  ]);
}

/** The browser tests as they stand in the specs; none of them runs. */
export function browserTests(): readonly NamedTest[] {
  const cli = path.join(root, "node_modules/@playwright/test/cli.js");
  // Whoever runs the checks may have a report of the tests written to a file: this one is read here.
  const { PLAYWRIGHT_JSON_OUTPUT_NAME: _name, PLAYWRIGHT_JSON_OUTPUT_FILE: _file, ...env } = process.env;
  const output = execFileSync(
    process.execPath,
    [cli, "test", "--list", "--reporter=json", "--project=chromium"],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28, env: { ...env, RUNNEL_BROWSER: "chromium" } },
  );
  return testsOfReport(JSON.parse(output)).map(({ result: _, ...test }) => test);
}
