/** The second time a workflow is opened, its packages are imported already. */
import type { Page } from "@playwright/test";
import { expect, test } from "./package-world.ts";
import { keptSnapshots, spoilSnapshots } from "./pages/database.ts";

/** Runs while Python imports it, and never again. */
const alpha = (version: string) => `import random
try:
    from looking_of_test import debug
except ImportError:
    debug = None
numbers = random.Random()
version = "${version}"
`;
/** What it finds depends on the step's environment. */
const beta = `import os
version = "1.0"
debug = os.environ.get("BETA_DEBUG")
`;
const code = `import sys
there_before = "kept_of_test" in sys.modules
import kept_of_test, json, os, random, secrets, tempfile, uuid

def handler(pd: "pipedream"):
    print("there before:", there_before, kept_of_test.version)
    print("files:", open(kept_of_test.__file__).readline().strip(), os.listdir("/tmp"))
    print("debug:", kept_of_test.debug)
    drawn = kept_of_test.numbers.random(), random.random(), secrets.token_hex(), uuid.uuid4(), tempfile.mktemp()
    print("chance", json.dumps([str(value) for value in drawn]))
    open("/tmp/left", "w").close()
`;

test("the second visit finds the packages imported, with chance of its own; another lock starts anew", async ({
  runnel,
  index,
  packagesDialog,
  page,
}) => {
  index.add("kept_of_test", "1.0", { requires: ["looking-of-test"], source: alpha("1.0") });
  index.add("looking_of_test", "1.0", { source: beta });
  const { builder, step } = await runnel.newStep(code);
  const chance: string[] = [];
  const run = async (thereBefore: boolean, version: string) => {
    await step.testAgain();
    await step.expectStatus("Success");
    await step.expectLog(`there before: ${thereBefore ? "True" : "False"} ${version}`);
    await step.expectLog("files: import random []");
    chance.push(...(await exportedTexts(page)));
  };
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("there before: False 1.0");
  await builder.rename("Twice");
  await builder.expectSaved();
  await expectKept(page, ["kept-of-test", "looking-of-test"]);

  for (const visit of ["by its address", "from the list"]) {
    const asked = requestsForPackages(page);
    if (visit === "from the list") await (await runnel.open()).open("Twice");
    else await page.reload();
    await run(true, "1.0");
    await expect(step.root).not.toContainText(/installed /);
    expect(asked(), "nothing is installed").toEqual([]);
  }

  expect(new Set(chance).size, "nothing that is drawn comes twice").toBe(10);

  // What looked for a variable when it was imported is imported anew for a step that has it.
  await (await runnel.goToEnvironment()).add("BETA_DEBUG", "as loud as can be");
  await page.goBack();
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("debug: env.BETA_DEBUG (hidden)");

  index.add("kept_of_test", "2.0", { source: alpha("2.0") });
  await packagesDialog.open();
  await packagesDialog.updateButton.click();
  await expect(packagesDialog.root.getByRole("status")).toHaveText("2 packages changed");
  await packagesDialog.close();
  await builder.expectSaved();
  await page.reload();
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog(/there before: \w+ 2\.0/);
  await expectKept(page, ["kept-of-test"]);

  // What can't be restored is no error.
  await spoilSnapshots(page);
  await page.reload();
  await step.testAgain();
  await step.expectStatus("Success");
  await expect(step.root).toContainText(/installed .*kept-of-test 2\.0/);
});

/** Waits until the page has stored the snapshot of the open workflow with these packages. */
async function expectKept(page: Page, packages: readonly string[]): Promise<void> {
  const names = async () =>
    (await keptSnapshots(page))
      .filter(({ workflowId }) => page.url().endsWith(`/${workflowId}`))
      .flatMap((kept) => kept.packages.map(({ name }) => name));
  await expect.poll(names).toEqual(packages);
}

/** What the page asks the gateway for, as far as packages go, from now on. */
function requestsForPackages(page: Page): () => readonly string[] {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return () => paths.filter((path) => path.startsWith("/api/packages/"));
}

/** The texts in the list that the step has exported. */
async function exportedTexts(page: Page): Promise<string[]> {
  const line = page.getByRole("log").getByText(/^chance /);
  return JSON.parse(((await line.textContent()) ?? "").replace(/^chance /, ""));
}
