/**
 * Python steps in the shapes in which people publish them for Pipedream: our own code of the same shape (steps/), what it talks to
 * (internet.ts) and what must come out (cases/). Many steps make one workflow, which *Test workflow* runs.
 */
import type { Builder } from "../pages/builder.ts";
import type { Runnel } from "../pages/runnel.ts";
import { expect, packages } from "../product.ts";
import type { CorpusCase, WorkingCase } from "./cases/case.ts";
import { onCPython } from "./cases/cpython.ts";
import { data, pinned } from "./cases/data.ts";
import { failing } from "./cases/failing.ts";
import { stores } from "./cases/stores.ts";
import { web } from "./cases/web.ts";
import { corpusFile } from "./corpus-file.ts";
import { type Internet, test, variables } from "./internet.ts";
import { runOnCPython } from "./on-cpython.ts";

test.use({ samePage: true });

/** A workflow of the corpus: many cases make one, which needs each package only once. */
interface Corpus {
  readonly title: string;
  readonly working: readonly WorkingCase[];
  /** These stand behind all that work. */
  readonly after: readonly string[];
}

const namesOf = (cases: readonly CorpusCase[]) => cases.map(({ name }) => name);

const large: Corpus = {
  title: "corpus",
  working: [...web, ...data],
  // A run ends at the first of them.
  after: ["exit_and_return", "never_reached", ...namesOf(failing)],
};
const small: Corpus = {
  title: "stores",
  working: [...stores, pinned],
  after: [],
};

/** The one that an earlier test has opened in this page, whose Python has its packages; or a new one. */
async function openWorkflow(runnel: Runnel, { title, working, after }: Corpus): Promise<Builder> {
  const workflows = await runnel.open();
  const builder = (await workflows.row(title).isVisible())
    ? await workflows.open(title)
    : await workflows.import(corpusFile(title, namesOf(working), after));
  await runnel.allowAllHosts(builder);
  return builder;
}

async function defineVariables(runnel: Runnel): Promise<void> {
  await runnel.open();
  const environment = await runnel.goToEnvironment();
  for (const [name, value] of Object.entries(variables))
    if ((await environment.row(name).count()) === 0) await environment.add(name, value);
}

/** The last step has run, or one that has failed says why. */
async function expectThrough(builder: Builder, last: string): Promise<void> {
  const failed = builder.cards.filter({
    has: builder.page.getByRole("status").filter({ hasText: /^Failed/ }),
  });
  const through = builder.step(last).status.filter({ hasText: "Success" });
  await expect(failed.or(through).first()).toBeVisible({ timeout: 150_000 });
  if ((await failed.count()) === 0) return;
  await failed.scrollIntoViewIfNeeded();
  expect(await failed.getByRole("group", { name: "Error" }).textContent()).toBe("");
}

/** Runs the workflow up to *collect*; sees what came out. */
async function expectOutcomes(
  builder: Builder,
  internet: Internet,
  { title, working }: Corpus,
): Promise<void> {
  await builder.testWorkflow();
  await expectThrough(builder, "collect");
  const exports = Object.fromEntries(working.map((each) => [each.name, each.exports]));
  expect(await internet.collected(title)).toEqual(exports);
  for (const { name, log } of working) {
    if (log === undefined) continue;
    const step = builder.step(name);
    await step.root.scrollIntoViewIfNeeded();
    await step.expectLog(log);
  }
}

test(
  "clients of the web, data and files; a workflow that ends early",
  packages,
  async ({ runnel, internet }) => {
    await defineVariables(runnel);
    const builder = await openWorkflow(runnel, large);
    await expectOutcomes(builder, internet, large);
    expect(internet.mails).toHaveLength(1);

    const step = builder.step("exit_and_return");
    await step.root.scrollIntoViewIfNeeded();
    await step.expectStatus("Success");
    await step.expectLog("The event has no link to a note. Skipping.");
    await expect(step.root).toContainText("ended here: The event has no link to a note. Skipping.");
    await builder.step("never_reached").expectStatus("Not tested");
    await expect(builder.testWorkflowButton).toBeEnabled();
  },
);

test("what can't be had says what to do", packages, async ({ runnel }) => {
  await defineVariables(runnel);
  const builder = await openWorkflow(runnel, large);
  for (const { name, error, mayWork = false } of failing) {
    const step = builder.step(name);
    await step.root.scrollIntoViewIfNeeded();
    await step.testAgain();
    await step.expectStatus(/^(Failed|Success)/, { timeout: 60_000 });
    if (mayWork && (await step.status.textContent())?.startsWith("Success")) continue;
    await expect.soft(step.error).toContainText(error);
  }
});

test("data stores, and an older version of a package", packages, async ({ runnel, internet }) => {
  await defineVariables(runnel);
  const builder = await openWorkflow(runnel, small);
  for (const [index, { name }] of stores.entries()) {
    const step = builder.step(name);
    await step.root.scrollIntoViewIfNeeded();
    if (index === 0) await step.addNewDataStore("Corpus");
    else await step.addDataStore("Corpus");
  }
  await expectOutcomes(builder, internet, small);
});

test("on CPython: pandas and Google's clients", packages, async ({ internet, authority }) => {
  const exported = await runOnCPython(onCPython, {
    env: variables,
    ports: internet.ports,
    ca: authority.cert,
  });
  expect(exported).toEqual(Object.fromEntries(onCPython.map(({ name, exports }) => [name, exports])));
});
