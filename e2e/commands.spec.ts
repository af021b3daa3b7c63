import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { CommandPalette } from "./pages/command-palette.ts";
import { expect, test, tokens } from "./product.ts";

test.use({ samePage: true });

const returns = (value: string) => `def handler(pd: "pipedream"):\n    return ${value}\n`;

test("keys run commands wherever the focus is, the palette finds the rest, and the sheet lists the keys", async ({
  runnel,
  page,
}) => {
  const { keyboard } = page;
  const palette = new CommandPalette(page);
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode("trigger", "python", returns("1"));
  const second = await builder.addCode(
    "python",
    "python_2",
    returns('pd.steps["python"]["$return_value"] + 1'),
  );
  const third = await builder.addCode("python_2", "python_3", returns("3"));

  await test.step("in the code: up to here, this step, the workflow", async () => {
    await second.code.focus();
    await keyboard.press("ControlOrMeta+Shift+Enter");
    await second.expectStatus("Success");
    await first.expectStatus("Success");
    await third.expectStatus("Not tested");
    // While a run goes on these keys start no other.
    await expect(builder.testWorkflowButton).toBeVisible();
    await third.code.focus();
    await keyboard.press("ControlOrMeta+Enter");
    await third.expectStatus("Success");
    await first.code.set(returns("6"));
    await first.expectStatus("Stale");
    await expect(builder.testWorkflowButton).toBeVisible();
    await keyboard.press("Alt+Enter");
    await first.expectStatus("Success");
    await second.expectExport(/\$return_value\s*7/);
    await first.code.set(returns("7"));
    await expect(builder.testWorkflowButton).toBeVisible();
    await first.test();
    await expect(second.root).toContainText("the step python above was run again with another result");
    await expect(builder.testWorkflowButton).toBeVisible();
    await second.root.getByRole("button", { name: "Test more" }).click();
    await page.getByRole("menuitem", { name: "Test from here" }).click();
    await second.expectExport(/\$return_value\s*8/);
    await second.code.focus();
    // None of these keys has typed anything.
    await second.code.expectText(returns('pd.steps["python"]["$return_value"] + 1'));
  });

  await test.step("the palette is about the step whose code has the focus, and gives the focus back", async () => {
    await palette.open();
    await expect(palette.root).toContainText("Step python_2");
    await expect(palette.root.getByRole("option", { name: "Test this step" })).toContainText(/Enter|↵/);
    await keyboard.press("Escape");
    await expect(palette.root).toBeHidden();
    await keyboard.type("#");
    await second.code.expectText(/#/);
    await keyboard.press("Backspace");
    await palette.run("dupl", "Duplicate");
    await builder.expectSteps("python", "python_2", "python_4", "python_3");
    await palette.run("undo", "Undo");
    await builder.expectSteps("python", "python_2", "python_3");
    await palette.run("go to python_3", "Go to python_3");
    await expect(third.root).toBeFocused();
    await palette.run("rename", "Rename");
    await expect(third.root.getByRole("textbox", { name: "Step name" })).toBeFocused();
    await keyboard.press("Escape");
    await palette.run("timeout", "Time limit…");
    const limit = page.getByRole("dialog", { name: "Time limit" });
    await expect(limit.getByLabel("Seconds")).toBeFocused();
    await keyboard.press("Escape");
    await expect(limit).toBeHidden();
    // What was used last comes first.
    await palette.open();
    await expect(palette.options.first()).toHaveAccessibleName("Time limit…");
    await keyboard.press("ControlOrMeta+k");
    await expect(palette.root).toBeHidden();
  });

  await test.step("? outside of text", async () => {
    await third.root.focus();
    await keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(sheet).toContainText("Test up to here");
    await expect(sheet).toContainText("Command palette");
    await keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await second.code.focus();
    await keyboard.type("?");
    await second.code.expectText(/\?/);
    await expect(sheet).toBeHidden();
  });
});

test("a step is dragged to another place, and copied into another workflow", async ({ runnel, page }) => {
  // All cards are in sight: a hand does not leave the window.
  await page.setViewportSize({ width: 1280, height: 1800 });
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode("trigger", "python", returns("1"));
  await builder.addCode("python", "python_2", returns('pd.steps["python"]["$return_value"]'));
  await builder.addCode("python_2", "python_3", returns("3"));

  await test.step("by the mouse, with a line where it goes; undo brings it back", async () => {
    await drag(page, "python_3", "python");
    await builder.expectSteps("python_3", "python", "python_2");
    await expect(builder.step("python_3").root).toBeFocused();
    await page.keyboard.press("ControlOrMeta+z");
    await builder.expectSteps("python", "python_2", "python_3");
  });

  await test.step("above what it reads it is told so, and can go back", async () => {
    await drag(page, "python_2", "python");
    await builder.expectSteps("python_2", "python", "python_3");
    const warning = page.getByText('python_2 reads pd.steps["python"], which runs after it now.');
    await expect(warning).toBeVisible();
    await page.getByRole("button", { name: "Move back" }).click();
    await builder.expectSteps("python", "python_2", "python_3");
  });

  await test.step("copied here, pasted there", async () => {
    await first.root.focus();
    await page.keyboard.press("ControlOrMeta+c");
    await expect(page.getByText(/^Copied python\./)).toBeVisible();
    const other = await runnel.newWorkflow();
    await other.addCode("trigger", "python");
    await other.step("python").root.focus();
    await page.keyboard.press("ControlOrMeta+v");
    await other.expectSteps("python", "python_2");
    await expect(other.step("python_2").root).toBeFocused();
    await other.step("python_2").code.expectText(returns("1"));
    // Plain Python, by the dialog behind +.
    await page.evaluate(() => navigator.clipboard.writeText("print('pasted')"));
    await (await other.openPicker("trigger")).option("Paste step").click();
    await other.expectSteps("python_3", "python", "python_2");
    await other.step("python_3").code.expectText("print('pasted')");
  });
});

/** Drags a step by its grip to above another, as a hand does; in Firefox by its events: WebDriver BiDi never ends a drag there. */
async function drag(page: Page, step: string, above: string): Promise<void> {
  const grip = page.getByRole("article", { name: step, exact: true }).locator("[data-grip]");
  await grip.scrollIntoViewIfNeeded();
  await grip.hover();
  // It is loaded when the page is idle.
  await expect(grip).toHaveAttribute("draggable", "true");
  const target = page.getByRole("article", { name: above, exact: true });
  const box = await target.boundingBox();
  if (box === null) throw new Error(`${above} has no place`);
  if (page.context().browser()?.browserType().name() === "firefox") {
    const dataTransfer = await page.evaluateHandle(() => new DataTransfer());
    const place = { dataTransfer, clientX: box.x + 60, clientY: box.y + 8 };
    await grip.dispatchEvent("dragstart", { dataTransfer });
    for (const type of ["dragenter", "dragover", "drop"]) await target.dispatchEvent(type, place);
    await grip.dispatchEvent("dragend", { dataTransfer });
    return;
  }
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 40, { steps: 6 });
  await page.mouse.move(box.x + 60, box.y + 8, { steps: 3 });
  await page.mouse.up();
}

test("an import shows what it brings and asks for accounts before anything is stored", async ({
  runnel,
  page,
}) => {
  const builder = await runnel.newWorkflow();
  await builder.rename("Weekly report");
  const slack = await builder.addApp("trigger", "Slack", "python_slack");
  await slack.giveAccount("Slack", "Acme", { oauth_access_token: tokens.acme });
  await builder.addCode(
    "python_slack",
    "python",
    'import os\n\ndef handler(pd: "pipedream"):\n    return "https://api.example.com/v1", os.environ["REPORT_KEY"]\n',
  );
  await builder.expectSaved();
  const workflows = await runnel.goToWorkflows();
  const file = await workflows.export("Weekly report");

  // On a page with little else for axe to look at.
  await new CommandPalette(page).open();
  await expectAccessible(page, "command palette");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(page, "keyboard shortcuts");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await workflows.choose(file);
  const dialog = page.getByRole("dialog", { name: "Import “Weekly report”?" });
  for (const fact of ["Manual", "python_slack, python", "api.example.com", "REPORT_KEY (not set here)"])
    await expect(dialog).toContainText(fact);
  await expectAccessible(page, "preview of an import");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect(workflows.row("Weekly report")).toHaveCount(1);

  // Dropped on the page, and with an account chosen.
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "weekly.runnel.json", { type: "application/json" }));
    return data;
  }, file);
  await page.dispatchEvent("main", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("main", "drop", { dataTransfer: transfer });
  await dialog.getByRole("combobox", { name: "Slack account" }).selectOption({ label: "Acme" });
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await builder.expectSteps("python_slack", "python");
  await slack.expectAccount("Slack", "Acme");
  await expect(page.getByRole("main")).toContainText("trust");
});
