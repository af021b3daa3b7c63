/** Each package in a step of its own, a few steps to a workflow; what came of it goes into docs/packages.md. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Builder } from "../pages/builder.ts";
import type { StepCard } from "../pages/step-card.ts";
import { test } from "../product.ts";
import { stepOf, type Trial, trials } from "./packages.ts";

const STEPS_A_WORKFLOW = 8;

interface Works {
  readonly version: string;
  readonly seconds: number;
  readonly result: string;
}
type Outcome = Works | { readonly why: string };
interface Row {
  readonly group: string;
  readonly trial: Trial;
  readonly outcome: Outcome;
}

test("popular packages, each imported and called once", async ({ runnel, page, web, indexProblem }) => {
  if (indexProblem !== null) throw new Error(`The table needs the package index (${indexProblem}).`);
  const all = Object.entries(trials).flatMap(([group, list]) => list.map((trial) => ({ group, trial })));
  const rows: Row[] = [];
  let builder: Builder | null = null;
  let after = "trigger";
  for (const [index, { group, trial }] of all.entries()) {
    const place = index % STEPS_A_WORKFLOW;
    if (builder === null || place === 0) {
      builder = await runnel.newWorkflow();
      await allowEverything(page, builder);
      after = "trigger";
    }
    const name = place === 0 ? "python" : `python_${place + 1}`;
    const step = await builder.addCode(after, name, stepOf(trial, web.url));
    const outcome = await outcomeOf(step);
    rows.push({ group, trial, outcome });
    process.stdout.write(`${trial.name}: ${"why" in outcome ? outcome.why : outcome.result}\n`);
    await step.root.getByRole("button", { name: "Collapse" }).click();
    after = name;
  }
  await writeFile(path.resolve(import.meta.dirname, "../../docs/packages.md"), markdown(rows));
});

async function allowEverything(page: Builder["page"], builder: Builder): Promise<void> {
  const allow = builder.networkDialog.getByRole("button", { name: "Allow", exact: true });
  await page.removeLocatorHandler(allow);
  await page.addLocatorHandler(allow, (button) => button.click(), { noWaitAfter: true });
}

async function outcomeOf(step: StepCard): Promise<Outcome> {
  await step.test();
  await step.expectStatus(/^(Success|Failed)/, { timeout: 180_000 });
  if ((await step.status.textContent())?.startsWith("Success")) {
    await step.expectLog(/ROW \{.*\}/);
    const row = /ROW (\{.*\})/.exec((await step.log.textContent()) ?? "");
    if (row?.[1]) return JSON.parse(row[1]) as Works;
  }
  return { why: reason((await step.error.locator("strong").textContent()) ?? "") };
}

/** The error in the table's words: no server is named, as each machine has its own. */
function reason(error: string): string {
  if (/part of Pyodide's own distribution/.test(error))
    return "compiled for the browser by Pyodide: comes from Pyodide's own server, which the machine that made this table can't reach";
  return error.replace(/^PackageUnavailable: /, "").replaceAll(/https?:\/\/\S+/g, "…");
}

function markdown(rows: readonly Row[]): string {
  const works = rows.filter(({ outcome }) => "version" in outcome).length;
  const lines = [
    "# Packages",
    "",
    `Made by \`npm run packages-table\`: each package is installed from the package index by the product's own installer, imported and`,
    `called once, in a real browser. Of ${rows.length} packages ${works} worked on the machine that made this table. *Import* is the time of the import`,
    "itself, without the installation.",
  ];
  for (const group of Object.keys(trials)) {
    lines.push(
      "",
      `## ${group}`,
      "",
      "| package | version | import | called | works |",
      "|---|---|---|---|---|",
    );
    for (const { trial, outcome } of rows.filter((row) => row.group === group)) {
      const call = `\`${trial.call.replaceAll("|", "\\|")}\``;
      lines.push(
        "version" in outcome
          ? `| ${trial.name} | ${outcome.version} | ${outcome.seconds.toFixed(2)} s | ${call} | yes |`
          : `| ${trial.name} | | | ${call} | no: ${outcome.why.replaceAll("|", "\\|")} |`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}
