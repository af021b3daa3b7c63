/** What axe has to say of each page and dialog. */

import { readFileSync } from "node:fs";
import { expectAccessible } from "./accessible.ts";
import { PackagesDialog } from "./pages/packages-dialog.ts";
import { expect, test } from "./product.ts";

/** A file as Runnel exports it. */
const workflowWithPackages = readFileSync(
  new URL("../src/workflow/format/fixtures/workflow-v2.json", import.meta.url),
  "utf8",
);

test.describe("builder", () => {
  test.use({ samePage: true });

  test("builder with results, error and menus", async ({ runnel, page }) => {
    const builder = await runnel.newWorkflow();
    await expectAccessible(page, "an empty workflow");
    const first = await builder.addCode(
      "trigger",
      "python",
      'def handler(pd: "pipedream"):\n    print("text")\n    return {"a": [1, None, "text"]}\n',
    );
    await builder.attachApp(first, "Slack");
    const failing = await builder.addCode(
      "python",
      "python_2",
      'def handler(pd: "pipedream"):\n    return pd.steps["python"]["b"]\n',
    );
    await runnel.expectPython();
    await builder.testWorkflow();
    await failing.expectStatus("Failed");
    await expectAccessible(page, "results and an error");
    for (const tab of ["Exports", "Network", "Inputs"] as const) {
      await first.show(tab);
      await expectAccessible(page, `the tab ${tab}`);
    }
    await first.code.set('def handler(pd: "pipedream"):\n    return 2\n');
    await first.expectStatus("Stale");
    await first.menu("Disable");
    await expectAccessible(page, "a stale and disabled step");
    await first.root.getByRole("button", { name: "Step menu" }).click();
    await expectAccessible(page, "the step menu");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toBeHidden();
  });

  test("picker and connect dialog", async ({ runnel, page }) => {
    const builder = await runnel.newWorkflow();
    const picker = await builder.openPicker("trigger");
    await expectAccessible(page, "the picker");
    await picker.search.fill("sla");
    await expect(picker.options.first()).toHaveAccessibleName("Slack");
    await expectAccessible(page, "a search");
    await picker.option("Slack").click();
    await expect(picker.option("Run Python with any Slack API")).toBeVisible();
    await expectAccessible(page, "the templates");
    await picker.options.first().click();
    const connect = await builder.step("python_slack").connect("Slack");
    await expect(connect.root).toBeVisible();
    await expectAccessible(page, "the connect dialog");
  });

  test("packages", async ({ runnel, page }) => {
    const packages = new PackagesDialog(page);
    await (await runnel.open()).import(workflowWithPackages);
    await packages.open();
    await expectAccessible(page, "packages");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "packages on a phone");
    await packages.close();
    await runnel.newWorkflow();
    await packages.open();
    await expectAccessible(page, "no packages");
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

test("pages", async ({ runnel, page }) => {
  await runnel.open();
  await expectAccessible(page, "no workflows");
  const builder = await runnel.newWorkflow();
  await builder.addCode("trigger", "python");
  await builder.expectSaved();
  await runnel.goToWorkflows();
  await expectAccessible(page, "workflows");
  const accounts = await runnel.goToAccounts();
  await expectAccessible(page, "no accounts");
  await accounts.connect("Slack", "Acme", { oauth_access_token: "xoxb-made-up" });
  await expectAccessible(page, "accounts");
  const environment = await runnel.goToEnvironment();
  await expectAccessible(page, "no variables");
  await environment.add("NAME", "made-up");
  await expectAccessible(page, "variables");
  await environment.openForm();
  await expectAccessible(page, "the form of a variable");
});
