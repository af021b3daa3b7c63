/** Each package in a step of its own, a few steps to a workflow; run.ts makes the table of what came of it. */
import { mkdir, writeFile } from "node:fs/promises";
import type { Builder } from "../pages/builder.ts";
import type { StepCard } from "../pages/step-card.ts";
import { test } from "../product.ts";
import { type Outcome, outcomesFile, type Row, type Works } from "./outcomes.ts";
import { stepOf, trials } from "./packages.ts";

const STEPS_A_WORKFLOW = 8;

for (const [group, list] of Object.entries(trials)) {
  test(group, async ({ runnel, page, web, indexProblem }) => {
    if (indexProblem !== null) throw new Error(`The table needs the package index (${indexProblem}).`);
    const rows: Row[] = [];
    let builder: Builder | null = null;
    let after = "trigger";
    for (const [index, trial] of list.entries()) {
      const place = index % STEPS_A_WORKFLOW;
      if (builder === null || place === 0) {
        builder = await runnel.newWorkflow();
        await allowEverything(page, builder);
        after = "trigger";
      }
      const name = place === 0 ? "python" : `python_${place + 1}`;
      const step = await builder.addCode(after, name, stepOf(trial, web.url));
      const outcome = await outcomeOf(step);
      rows.push({ trial, outcome });
      process.stdout.write(`${trial.name}: ${"why" in outcome ? outcome.why : outcome.result}\n`);
      await step.root.getByRole("button", { name: "Collapse" }).click();
      after = name;
    }
    const file = outcomesFile(group);
    await mkdir(new URL(".", file), { recursive: true });
    await writeFile(file, JSON.stringify(rows, null, 2));
  });
}

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
