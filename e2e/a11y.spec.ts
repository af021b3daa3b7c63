/** No violations that axe calls serious or critical, in light and dark. */

import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { PackagesDialog } from "./pages/packages-dialog.ts";
import { expect, test } from "./product.ts";

/** A file as Runnel exports it. */
const workflowWithPackages = readFileSync(
  new URL("../src/workflow/format/fixtures/workflow-v2.json", import.meta.url),
  "utf8",
);

async function expectNoViolations(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n  ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`).join("\n  ")}`,
    );
  expect(found, where).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`builder with results, error and menus, ${colorScheme}`, async ({ runnel, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const builder = await runnel.newWorkflow();
    await expectNoViolations(page, "an empty workflow");
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
    await expectNoViolations(page, "results and an error");
    for (const tab of ["Exports", "Network", "Inputs"] as const) {
      await first.show(tab);
      await expectNoViolations(page, `the tab ${tab}`);
    }
    await first.code.set('def handler(pd: "pipedream"):\n    return 2\n');
    await first.expectStatus("Stale");
    await first.menu("Disable");
    await expectNoViolations(page, "a stale and disabled step");
    await first.root.getByRole("button", { name: "Step menu" }).click();
    await expectNoViolations(page, "the step menu");
  });

  test(`picker and connect dialog, ${colorScheme}`, async ({ runnel, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const builder = await runnel.newWorkflow();
    const picker = await builder.openPicker("trigger");
    await expectNoViolations(page, "the picker");
    await picker.search.fill("sla");
    await expect(picker.options.first()).toHaveAccessibleName("Slack");
    await expectNoViolations(page, "a search");
    await picker.option("Slack").click();
    await expect(picker.option("Run Python with any Slack API")).toBeVisible();
    await expectNoViolations(page, "the templates");
    await picker.options.first().click();
    const connect = await builder.step("python_slack").connect("Slack");
    await expect(connect.root).toBeVisible();
    await expectNoViolations(page, "the connect dialog");
  });

  test(`packages, ${colorScheme}`, async ({ runnel, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const packages = new PackagesDialog(page);
    await (await runnel.open()).import(workflowWithPackages);
    await packages.open();
    await expectNoViolations(page, "packages");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoViolations(page, "packages on a phone");
    await packages.close();
    await runnel.newWorkflow();
    await packages.open();
    await expectNoViolations(page, "no packages");
  });

  test(`pages, ${colorScheme}`, async ({ runnel, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await runnel.open();
    await expectNoViolations(page, "no workflows");
    const builder = await runnel.newWorkflow();
    await builder.addCode("trigger", "python");
    await builder.expectSaved();
    await runnel.goToWorkflows();
    await expectNoViolations(page, "workflows");
    const accounts = await runnel.goToAccounts();
    await expectNoViolations(page, "no accounts");
    await accounts.connect("Slack", "Acme", { oauth_access_token: "xoxb-made-up" });
    await expectNoViolations(page, "accounts");
    const environment = await runnel.goToEnvironment();
    await expectNoViolations(page, "no variables");
    await environment.add("NAME", "made-up");
    await expectNoViolations(page, "variables");
    await environment.openForm();
    await expectNoViolations(page, "the form of a variable");
  });
}
