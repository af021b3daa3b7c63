import { browserOnly, facts } from "./facts.ts";
import type { NamedTest } from "./tests.ts";

/** What came of tests when they last ran, by id: `passed`, or what else. */
export type Results = Readonly<Record<string, string>>;

/** The facts that no test names, as sentences. */
export function gaps(tests: readonly NamedTest[]): readonly string[] {
  const isNamed = (fact: string, where: NamedTest["where"]) =>
    tests.some((test) => test.where === where && test.facts.includes(fact));
  return Object.keys(facts).flatMap((fact) => [
    ...(isNamed(fact, "browser") ? [] : [`No browser test names fact ${fact} (${facts[fact]}).`]),
    ...(browserOnly.has(fact) || isNamed(fact, "CPython")
      ? []
      : [`No test on CPython names fact ${fact} (${facts[fact]}).`]),
  ]);
}

/** docs/facts.md. */
export function table(tests: readonly NamedTest[], results: Results): string {
  const cell = (fact: string, where: NamedTest["where"]) => {
    const lines = tests
      .filter((test) => test.where === where && test.facts.includes(fact))
      .map(({ id, shown }) => `${mark(results[id])} ${shown.replaceAll("|", "\\|")}`);
    return [...new Set(lines)].sort().join("<br>");
  };
  const rows = inOrder(Object.keys(facts)).map(
    (fact) => `| ${fact} | ${facts[fact]} | ${cell(fact, "CPython")} | ${cell(fact, "browser")} |`,
  );
  return `# Facts of the Python step

Made by \`npm run facts-table\` from the tests that name a fact: every fact of how a Python step behaves, what shows it on CPython (the
bridge alone) and in a real browser (the whole product), and what came of it in the run that made this table (✓ passed, ✗ failed,
– not run). \`npm run check\` fails where a fact has no test, or this table names other tests than there are.

| fact | in short | on CPython | in the browser |
|---|---|---|---|
${rows.join("\n")}
`;
}

const mark = (result: string | undefined) => (result === "passed" ? "✓" : result === undefined ? "–" : "✗");

/** S1, S2, …, then 1, 2, …; objects have numbers first. */
function inOrder(names: readonly string[]): readonly string[] {
  const number = (name: string) => Number(name.replace("S", "")) - (name.startsWith("S") ? 1000 : 0);
  return names.toSorted((a, b) => number(a) - number(b));
}
