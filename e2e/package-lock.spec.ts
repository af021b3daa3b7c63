/** A workflow's packages: resolved once, installed the same again, also without a network. */
import { expect, indexed, test } from "./package-world.ts";
import { Runnel } from "./pages/runnel.ts";
import { startProduct } from "./product.ts";
import { makeWheel } from "./servers/wheel.ts";

test.use({ samePage: "package index" });

const importing = (module: string) => `import ${module}

def handler(pd: "pipedream"):
    print("version", ${module}.version)
`;

test("a run next month installs the same; Update packages takes what is newer, and can be undone", async ({
  runnel,
  index,
  packagesDialog,
  page,
}) => {
  index.add("alpha_of_test", "1.0", { requires: ["beta-of-test"] });
  index.add("beta_of_test", "1.0");
  const { builder, step } = await runnel.newStep(importing("alpha_of_test"));
  await packagesDialog.open();
  await expect(packagesDialog.root).toContainText("No packages yet");
  await packagesDialog.close();
  await step.test();
  await step.expectStatus("Success");
  await expect(step.root).toContainText(/installed .*alpha-of-test 1\.0/);
  await packagesDialog.expectRows(
    ["alpha-of-test", "1.0", "python"],
    ["beta-of-test", "1.0", "needed by alpha-of-test"],
  );
  await builder.expectSaved();

  index.add("alpha_of_test", "2.0", { requires: ["gamma-of-test"] });
  index.add("gamma_of_test", "1.0");
  const asked = index.requests.length;
  await page.reload();
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("version 1.0");
  expect(index.requests.slice(asked), "everything is kept by the gateway").toEqual([]);

  await packagesDialog.open();
  await packagesDialog.updateButton.click();
  await expect(packagesDialog.root.getByRole("status")).toHaveText("3 packages changed");
  await expect(packagesDialog.root.getByRole("listitem")).toHaveText([
    /^alpha-of-test 1\.0\s+2\.0$/,
    "beta-of-test 1.0 is no longer needed",
    "gamma-of-test 1.0 is new",
  ]);
  await packagesDialog.close();
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("version 2.0");

  await builder.undoButton.click();
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("version 1.0");
  await packagesDialog.expectRows(
    ["alpha-of-test", "1.0", "python"],
    ["beta-of-test", "1.0", "needed by alpha-of-test"],
  );
});

test("without the index the same workflow runs in a fresh profile at a restarted gateway; what is new can't be had", async ({
  runnel,
  index,
  cacheDir,
  browser,
}) => {
  index.add("offline_of_test", "1.0", { requires: ["needed-of-test"] });
  index.add("needed_of_test", "1.0");
  const { builder, step } = await runnel.newStep(importing("offline_of_test"));
  await step.test();
  await step.expectStatus("Success");
  await builder.rename("Offline");
  await builder.expectSaved();
  const file = await (await runnel.goToWorkflows()).export("Offline");
  expect(JSON.parse(file).data.packages).toHaveLength(2);

  const nobody = 1;
  const restarted = await startProduct(indexed({ index, cacheDir }, nobody));
  const profile = await browser.newContext();
  const opened = await new Runnel(await profile.newPage(), restarted.url).open();
  const other = (await opened.import(file)).step("python");
  await other.test();
  await other.expectStatus("Success");
  await other.expectLog("version 1.0");

  await other.code.set(importing("never_asked_for"));
  await other.testAgain();
  await other.expectStatus("Failed · PackageUnavailable");
  await expect(other.error).toContainText(/package index at index\.test:\d+ can't be reached/);
  await expect(other.error).toContainText(/network connection/);
  await expect(other.error).toContainText("PIP_INDEX_URL");
  await expect(other.code.errorNumber).toHaveText("1");
  await profile.close();
  await restarted.close();
});

test("a file that is another one now is refused, and says what to do", async ({
  runnel,
  index,
  packagesDialog,
  page,
}) => {
  const wheel = index.add("changed_of_test", "1.0");
  const { builder, step } = await runnel.newStep(importing("changed_of_test"));
  await step.test();
  await step.expectStatus("Success");
  await builder.expectSaved();
  await builder.rename("Changed");
  const file = await (await runnel.goToWorkflows()).export("Changed");
  // As on another machine: this workflow was made with a file that this index has never had.
  const forged = JSON.parse(file);
  forged.data.packages[0].sha256 = makeWheel("changed_of_test", "1.0", { source: "import os" }).sha256;
  const imported = await (await runnel.goToWorkflows()).import(JSON.stringify(forged));
  const python = imported.step("python");
  await python.test();
  await python.expectStatus("Failed · PackageUnavailable");
  await expect(python.error).toContainText("changed-of-test 1.0 was refused");
  await expect(python.error).toContainText(wheel.sha256.slice(0, 12));
  await expect(python.error).toContainText("Update packages");
  await expect(python.code.errorNumber).toHaveText("1");

  await packagesDialog.open();
  await packagesDialog.updateButton.click();
  await expect(packagesDialog.root.getByRole("listitem")).toHaveText("changed-of-test 1.0 in another file");
  await packagesDialog.close();
  await python.testAgain();
  await python.expectStatus("Success");
  await expect(page.getByText("version 1.0")).toBeVisible();
});

test("steps of one workflow have one version of a package", async ({ runnel, index, packagesDialog }) => {
  for (const version of ["1.0", "2.0"]) index.add("shared_of_test", version);
  const { builder, step } = await runnel.newStep(importing("shared_of_test"));
  const pinned = (version: string) =>
    `# pipedream add-package shared-of-test==${version}\n${importing("shared_of_test")}`;
  const second = await builder.addCode("python", "python_2", pinned("1.0"));
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("version 1.0");
  await packagesDialog.expectRows(["shared-of-test", "1.0", "pythonpython_2"]);

  await step.code.set(`\n${pinned("2.0")}`);
  await second.test();
  await second.expectStatus("Failed · PackageUnavailable");
  await expect(second.error).toContainText(
    "python asks for shared-of-test==2.0 (line 2), and python_2 asks for shared-of-test==1.0 (line 1)",
  );
  await expect(second.code.errorNumber).toHaveText("1");
  await second.code.set(pinned("2.0"));
  await second.testAgain();
  await second.expectStatus("Success");
  await second.expectLog("version 2.0");
  await packagesDialog.expectRows(["shared-of-test", "2.0", "pythonpython_2"]);
});

test("the dialog by keyboard: rows, requirements.txt, Update packages that is stopped", async ({
  runnel,
  index,
  packagesDialog,
  page,
}) => {
  index.add("above_of_test", "1.0", { requires: ["below-of-test"] });
  index.add("below_of_test", "1.0");
  const { step } = await runnel.newStep(importing("above_of_test"));
  await step.test();
  await step.expectStatus("Success");
  await page.getByRole("button", { name: "Packages", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(packagesDialog.copyButton).toBeFocused();
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe("above-of-test==1.0\nbelow-of-test==1.0\n");

  const release = index.hold(/simple\/above/);
  await page.keyboard.press("Tab");
  await expect(packagesDialog.updateButton).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(packagesDialog.root.getByRole("status")).toHaveText("Resolving above-of-test…");
  await packagesDialog.stopButton.press("Enter");
  await expect(packagesDialog.root).toContainText("Stopped. Nothing has changed.");
  release();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Packages", exact: true })).toBeFocused();
  await step.testAgain();
  await step.expectStatus("Success");
});
