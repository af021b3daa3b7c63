import type { Page } from "@playwright/test";
import { Builder } from "./pages/builder.ts";
import { holdWrites, replaceStoredDocument, setStorageFull } from "./pages/database.ts";
import { downloadedText } from "./pages/download.ts";
import type { Runnel } from "./pages/runnel.ts";
import { expect, test } from "./product.ts";

const code = (text: string) => `def handler(pd: "pipedream"):\n    print("${text}")\n`;

test.use({ samePage: true });

test("everything of a workflow is there after a reload", async ({ runnel, page }) => {
  const builder = await runnel.newWorkflow();
  await builder.rename("To be reloaded");
  await builder.setEvent('{\n  "name": "Ada"\n}');
  await builder.setTimeLimit(45);
  const first = await builder.addCode("trigger", "python", code("one"));
  await first.menu("Add note");
  await first.root.getByRole("textbox", { name: /^Note of/ }).fill("Why this step is here");
  await builder.addCode("python", "python_2", code("two"));
  await builder.step("python_2").menu("Disable");
  await builder.expectSaved();

  await page.reload();
  await builder.expectSteps("python", "python_2");
  await expect(builder.header.getByRole("button", { name: "Rename workflow To be reloaded" })).toBeVisible();
  await expect(builder.header.getByRole("button", { name: "Time limit: 45 s" })).toBeVisible();
  await builder.trigger.code.expectText('{\n  "name": "Ada"\n}');
  await first.code.expectText(code("one"));
  await expect(first.root.getByRole("textbox", { name: /^Note of/ })).toHaveValue("Why this step is here");
  await expect(builder.step("python_2").root).toContainText("Disabled");
});

test("Saved stands there only while it is true", async ({ runnel, page }) => {
  const { builder, step } = await runnel.newStep(code("stored"));
  await builder.expectSaved();
  const letGo = await holdWrites(page);
  await step.code.focus();
  // What the header says in every frame from the first key on.
  await page.evaluate(() => {
    const said = new Set<string>();
    const look = () => {
      for (const text of document.querySelector("header")?.textContent?.match(/(Not s|S)aved|Saving…/g) ?? [])
        said.add(text);
      requestAnimationFrame(look);
    };
    addEventListener("input", () => requestAnimationFrame(look), { once: true, capture: true });
    Object.assign(window, { said });
  });
  await page.keyboard.type("xyz");
  await expect(builder.header.getByText("Saving…", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => [...(Reflect.get(window, "said") as Set<string>)])).toEqual(["Saving…"]);
  await letGo();
  await builder.expectSaved();
});

test("undo and redo go over every edit, by button and by key", async ({ runnel, page }) => {
  const builder = await runnel.newWorkflow();
  await expect(builder.undoButton).toBeDisabled();
  const first = await builder.addCode("trigger", "python", code("one"));
  await builder.addCode("python", "python_2");
  const renamed = await first.rename("fetch_data");
  await renamed.menu("Move down");
  await builder.expectSteps("python_2", "fetch_data");
  await builder.step("python_2").menu("Duplicate");
  await builder.expectSteps("python_2", "python", "fetch_data");
  await builder.step("python").menu("Delete");
  await builder.expectSteps("python_2", "fetch_data");

  await builder.undoButton.click();
  await builder.expectSteps("python_2", "python", "fetch_data");
  await builder.undoButton.click();
  await builder.expectSteps("python_2", "fetch_data");
  await builder.undoButton.click();
  await builder.expectSteps("fetch_data", "python_2");
  // By key, outside of the editors.
  await builder.header.getByRole("button", { name: /^Rename workflow/ }).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await builder.expectSteps("python", "python_2");
  await page.keyboard.press("ControlOrMeta+z");
  await builder.expectSteps("python");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await builder.expectSteps("fetch_data", "python_2");
  await builder.redoButton.click();
  await builder.expectSteps("python_2", "fetch_data");
  await builder.expectSaved();
  await openAgain(runnel);
  await builder.expectSteps("python_2", "fetch_data");
  await builder.step("fetch_data").code.expectText(code("one"));
});

test("renaming a step rewrites what later steps read, in one edit", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode("trigger", "python", 'def handler(pd: "pipedream"):\n    return 1\n');
  const reads = (name: string) =>
    `def handler(pd: "pipedream"):\n    # about python\n    return pd.steps["${name}"]["$return_value"], pd.steps.get('${name}')\n`;
  const second = await builder.addCode("python", "python_2", reads("python"));
  await first.rename("fetch_data");
  await second.code.expectText(reads("fetch_data"));
  await builder.testWorkflow();
  await second.expectStatus("Success");
  await builder.undoButton.click();
  await second.code.expectText(reads("python"));
  await builder.expectSteps("python", "python_2");
});

test("a name that can't be one is refused with the reason", async ({ runnel, page }) => {
  const builder = await runnel.newWorkflow();
  await builder.addCode("trigger", "python");
  const second = await builder.addCode("python", "python_2");
  await second.root.getByRole("button", { name: "Rename python_2" }).click();
  const field = second.root.getByRole("textbox", { name: "Step name" });
  for (const name of ["python", "1st", "with space", "trigger", ""]) {
    await field.fill(name);
    await field.press("Enter");
    await expect(second.root.getByRole("alert"), name).not.toBeEmpty();
  }
  await page.keyboard.press("Escape");
  await builder.expectSteps("python", "python_2");
});

test("two tabs on one workflow: the later writer is told, and nothing is overwritten unasked", async ({
  runnel,
  page,
  context,
}) => {
  const { builder, step } = await runnel.newStep(code("both"));
  await builder.expectSaved();
  const otherPage = await context.newPage();
  await otherPage.goto(page.url());
  const other = new Builder(otherPage);
  await other.step("python").code.expectText(code("both"));

  // One tab without changes of its own follows the other.
  await step.code.set(code("from the first tab"));
  await builder.expectSaved();
  await other.step("python").code.expectText(code("from the first tab"));

  // Both change it: while the storage is busy with the other tab, this one has something unsaved.
  await setStorageFull(otherPage, true);
  await other.step("python").code.set(code("from the second tab"));
  await expect(otherPage.getByRole("alert").filter({ hasText: "not stored" })).toBeVisible();
  await step.code.set(code("once more from the first tab"));
  await builder.expectSaved();
  await setStorageFull(otherPage, false);
  const conflict = otherPage.getByRole("alert").filter({ hasText: "another tab" });
  await expect(conflict).toBeVisible();
  await other.step("python").code.expectText(code("from the second tab"));
  await step.code.expectText(code("once more from the first tab"));
  await conflict.getByRole("button", { name: "Take theirs" }).click();
  await other.step("python").code.expectText(code("once more from the first tab"));
  await expect(conflict).toBeHidden();
});

test("a write that fails shows a banner, the document can be downloaded, and is stored once it can be", async ({
  runnel,
  page,
}) => {
  const { builder, step } = await runnel.newStep(code("stored"));
  await builder.expectSaved();
  await setStorageFull(page, true);
  await step.code.set(code("does not fit"));
  const banner = page.getByRole("alert").filter({ hasText: "not stored" });
  await expect(banner).toBeVisible();
  await expect(builder.header.getByText("Saved", { exact: true })).toBeHidden();
  const file = await downloadedText(page, () =>
    banner.getByRole("button", { name: "Download the workflow" }).click(),
  );
  expect(file).toContain("does not fit");

  await setStorageFull(page, false);
  await banner.getByRole("button", { name: "Try again" }).click();
  await builder.expectSaved();
  await expect(banner).toBeHidden();
  await openAgain(runnel);
  await step.code.expectText(code("does not fit"));
});

test("workflows are listed, opened, renamed, duplicated and deleted with undo", async ({ runnel, page }) => {
  const { builder } = await runnel.newStep(code("original"));
  await builder.rename("First of all");
  await builder.expectSaved();
  const workflows = await runnel.goToWorkflows();
  await expect(workflows.row("First of all")).toContainText("1 step");

  await workflows.menu("First of all", "Duplicate");
  await expect(workflows.row("First of all (copy)")).toBeVisible();
  await workflows.rename("First of all (copy)", "Second");
  await workflows.open("Second");
  await builder.step("python").code.expectText(code("original"));
  await runnel.goToWorkflows();

  await workflows.menu("First of all", "Delete");
  await expect(workflows.row("First of all")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(workflows.row("First of all")).toBeVisible();
  await workflows.menu("Second", "Delete");
  await expect(workflows.row("Second")).toBeHidden();
  await page.reload();
  await expect(workflows.row("First of all")).toBeVisible();
  await expect(workflows.row("Second")).toBeHidden();
});

test("documents of a newer version and damaged ones are kept as they are and offered for download; the others open", async ({
  runnel,
  page,
}) => {
  const { step } = await stored(runnel, "Undamaged");
  await stored(runnel, "From the future");
  const newer = idOf(page);
  await stored(runnel, "Half of it");
  const damaged = idOf(page);
  const workflows = await runnel.goToWorkflows();
  await replaceStoredDocument(page, newer, { version: 99 });
  await replaceStoredDocument(page, damaged, "half of what it wa");
  await page.reload();
  const kept = () => downloadedText(page, () => workflows.menu("From the future", "Download as it is"));

  await test.step("newer: shown read-only where it can be, never overwritten", async () => {
    await expect(workflows.row("From the future")).toContainText(/newer/i);
    const file = await kept();
    expect(JSON.parse(file)).toMatchObject({ version: 99, data: { name: "From the future" } });
    await page.goto(`/workflows/${newer}`);
    await expect(page.getByRole("main")).toContainText(/newer Runnel/);
    await expect(
      page.getByRole("button", { name: /^Add a step after/ }).and(page.locator(":enabled")),
    ).toHaveCount(0);
    await runnel.goToWorkflows();
    expect(await kept()).toBe(file);
  });

  await test.step("damaged", async () => {
    await expect(workflows.main).toContainText(/damaged/i);
    await page.goto(`/workflows/${damaged}`);
    await expect(page.getByRole("main")).toContainText("This workflow is damaged");
    const file = await downloadedText(page, () =>
      page.getByRole("button", { name: "Download it as it is" }).click(),
    );
    expect(file).toContain("half of what it wa");
    await runnel.goToWorkflows();
    await workflows.open("Undamaged");
    await step.code.expectText(code("Undamaged"));
  });
});

test("a workflow goes out as a file and comes back in as another one", async ({ runnel, page }) => {
  const { builder } = await runnel.newStep(code("travels"));
  await builder.rename("Traveller");
  await builder.expectSaved();
  const workflows = await runnel.goToWorkflows();
  const file = await workflows.export("Traveller");
  const imported = await workflows.import(file);
  await imported.step("python").code.expectText(code("travels"));
  await imported.rename("Second traveller");
  await imported.expectSaved();
  await runnel.goToWorkflows();
  await expect(workflows.row("Traveller")).toBeVisible();
  await expect(workflows.row("Second traveller")).toBeVisible();
  await workflows.choose('{"format": "something else"}');
  await expect(page.getByText(/not a workflow/)).toBeVisible();
});

test("an address of a workflow that isn't there says so", async ({ page }) => {
  await page.goto("/workflows/no-such-workflow");
  await expect(page.getByRole("main")).toContainText("There is no such workflow");
  await page.goto("/nowhere");
  await expect(page.getByRole("main")).toContainText("There is no such page");
});

test("what was typed just before the page is closed is stored", async ({ runnel, page, context }) => {
  const { builder, step } = await runnel.newStep(code("old"));
  await builder.expectSaved();
  const address = page.url();
  await step.code.set(code("typed just now"));
  await page.close({ runBeforeUnload: true });
  const again = await context.newPage();
  await again.goto(address);
  const reopened = new Builder(again);
  await reopened.step("python").code.expectText(code("typed just now"));
});

/** A new workflow of this name, whose code says it; it is stored. */
async function stored(runnel: Runnel, name: string) {
  const { builder, step } = await runnel.newStep(code(name));
  await builder.rename(name);
  await builder.expectSaved();
  return { builder, step };
}

/** Leaves the workflow and comes back to it: it is read from the storage again. */
async function openAgain(runnel: Runnel): Promise<void> {
  await runnel.goToWorkflows();
  await runnel.page.goBack();
}

/** Id of the workflow that is open. */
function idOf(page: Page): string {
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
