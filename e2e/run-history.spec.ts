import type { Locator } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { Runs } from "./pages/runs.ts";
import type { StepCard } from "./pages/step-card.ts";
import { expect, test } from "./product.ts";

test.use({ samePage: true });

test("past runs: listed after a reload, opened as they were, compared, their event used again", async ({
  runnel,
  page,
}) => {
  const builder = await runnel.newWorkflow();
  const runs = new Runs(page);
  await builder.setEvent('{"name": "Ada"}');
  const greet = await builder.addCode(
    "trigger",
    "python",
    'def handler(pd: "pipedream"):\n    name = pd.steps["trigger"]["event"]["name"]\n    print("hello", name)\n    return {"name": name, "first": True}\n',
  );
  const last = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    return pd.steps["python"]["length"]\n',
  );
  await builder.testWorkflow();
  await last.expectStatus("Failed");
  await builder.setEvent('{"name": "Grace"}');
  await greet.code.set(
    'def handler(pd: "pipedream"):\n    name = pd.steps["trigger"]["event"]["name"]\n    print("hello", name)\n    return {"name": name, "length": len(name)}\n',
  );
  await builder.testWorkflow();
  await last.expectStatus("Success");
  await greet.testAgain();
  await greet.expectStatus("Success");

  await test.step("the list", async () => {
    await runs.open();
    await expect(runs.rows).toHaveCount(3);
    await builder.expectSaved();
    await page.reload();
    await runs.open();
    await runs.expectRows(/Test of python.*1 step/s, /Workflow.*2 steps/s, /Workflow.*KeyError.*2 steps/s);
    await expectAccessible(page, "the list of runs");
    await runs.dialog.getByLabel("Status").selectOption("failed");
    await expect(runs.rows).toHaveCount(1);
  });

  await test.step("one run as it was; nothing of it can be edited", async () => {
    await runs.show(0);
    await expect(page.getByRole("region", { name: /^Run of/ })).toContainText("Workflow · Failed");
    const past = runs.step("python");
    await past.code.expectText(/"first": True/);
    await past.expectLog("hello Ada");
    await past.expectExport(/first\s*true/i);
    await expect(runs.step("python_2").error).toContainText("KeyError");
    await expectAccessible(page, "a past run");
    await past.code.root.locator(".view-lines").click();
    await page.keyboard.type("not mine");
    await page.keyboard.press("ControlOrMeta+z");
    await past.code.expectText(/^(?!.*not mine)/s);
    await runs.back();
    await builder.step("python").code.expectText(/"length": len/);
    await builder.trigger.code.expectText('{"name": "Grace"}');
    await builder.step("python").expectLog("hello Grace");
  });

  await test.step("two runs compared", async () => {
    await runs.open();
    await runs.compare(1, 2);
    const card = page.getByRole("article", { name: "python", exact: true });
    await expect(card.getByRole("button", { name: "Exports changed" })).toBeVisible();
    await expect(card.locator(".monaco-diff-editor").getByText('"length"')).toBeVisible();
    await expect(page.getByRole("article", { name: "python_2" })).toContainText("Failed · KeyError");
    await expectAccessible(page, "two runs compared");
    await runs.back();
  });

  await test.step("its event and its code", async () => {
    await runs.open();
    await runs.menu(2, "Use as test event");
    await builder.trigger.code.expectText('{"name": "Ada"}');
    await builder.undoButton.click();
    await builder.trigger.code.expectText('{"name": "Grace"}');
    await runs.open();
    await runs.show(2);
    await runs.step("python").root.getByRole("button", { name: "Restore this code" }).click();
    await runs.back();
    await builder.step("python").code.expectText(/"first": True/);
  });

  await test.step("delete one and bring it back; clear all", async () => {
    await runs.open();
    await runs.menu(0, "Delete");
    await expect(runs.rows).toHaveCount(2);
    await runs.dialog.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(runs.rows).toHaveCount(3);
    await runs.dialog.getByRole("button", { name: "Clear all" }).click();
    await page
      .getByRole("dialog", { name: "Clear all runs?" })
      .getByRole("button", { name: "Clear all" })
      .click();
    await expect(runs.dialog).toContainText("No runs yet");
    await page.keyboard.press("Escape");
    await expect(runs.dialog).toBeHidden();
  });
});

test("a path of an export goes into a later step's code, by button and by drag; not into an earlier one's", async ({
  runnel,
  page,
}) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    'def handler(pd: "pipedream"):\n    return {"items": [{"id": 7}]}\n',
  );
  const second = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    return str()\n',
  );
  await first.test();
  await first.expectStatus("Success");
  const panel = await first.show("Exports");
  const row = panel.getByRole("treeitem").filter({ hasText: /^items/ });

  await test.step("at the cursor of the editor that had the focus", async () => {
    await second.code.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await row.hover();
    await row.getByRole("button", { name: "Insert path" }).click();
    await second.code.expectText(
      'def handler(pd: "pipedream"):\n    return str(pd.steps["python"]["$return_value"]["items"])',
    );
    await page.keyboard.type("[0]");
    await second.code.expectText(/\["items"\]\[0\]\)$/);
  });

  await test.step("where it is dropped, and undone as one edit", async () => {
    await dragToBeginning(row, second);
    await second.code.expectText(/^pd\.steps\["python"\]\["\$return_value"\]\["items"\]def handler/);
    await builder.undoButton.click();
    await second.code.expectText(/^def handler/);
  });

  await test.step("refused where it can't be read", async () => {
    await dragToBeginning(row, first);
    await expect(page.getByText("python can't read this: a step can't read its own exports.")).toBeVisible();
    await first.code.expectText(/^def handler/);
  });

  await test.step("from the event", async () => {
    await builder.trigger.root.getByRole("button", { name: "Paths" }).click();
    const field = builder.trigger.root.getByRole("treeitem").filter({ hasText: /^event/ });
    await dragToBeginning(field, first);
    await first.code.expectText(/^pd\.steps\["trigger"\]\["event"\]def handler/);
  });
});

test("the mark of an error outlives a reload and edits of other lines; traceback lines lead to their line", async ({
  runnel,
  page,
}) => {
  const { builder, step } = await runnel.newStep(`import json

def parse(text):
    return json.loads(text)

def handler(pd: "pipedream"):
    return parse("{not json")
`);
  await step.test();
  await step.expectStatus("Failed · json.decoder.JSONDecodeError · line 4");
  await expect(step.code.errorNumber).toHaveText("4");
  await step.code.focus();
  await page.keyboard.press("Home");
  await page.keyboard.type("# a line more\n");
  await expect(step.code.errorNumber).toHaveText("5");
  await builder.expectSaved();
  await page.reload();
  await step.expectStatus("Stale");
  await expect(step.code.errorNumber).toHaveText("5");

  const frames = step.error.getByRole("button", { name: /^File / });
  await expect(frames).toHaveText(['File "python", line 7', 'File "python", line 4']);
  await frames.first().click();
  await page.keyboard.press("End");
  await page.keyboard.type("  # called here");
  await step.code.expectText(/parse\("\{not json"\) {2}# called here/);
  await expect(step.code.errorNumber).toHaveText("5");
  await frames.last().click();
  await page.keyboard.press("End");
  await page.keyboard.type(" ");
  await expect(step.code.errorNumber).toHaveCount(0);
});

/** Drags a row of a tree to the beginning of a step's code, in several moves as a person does. */
async function dragToBeginning(row: Locator, { code }: StepCard): Promise<void> {
  const line = code.root.locator(".view-line").first();
  await line.scrollIntoViewIfNeeded();
  await row.hover();
  const box = await line.boundingBox();
  if (!box) throw new Error("The code is not on the screen.");
  const { mouse } = row.page();
  await mouse.down();
  await mouse.move(box.x + 30, box.y + 10, { steps: 5 });
  await mouse.move(box.x + 2, box.y + 10, { steps: 2 });
  await mouse.up();
}
