import { Runs } from "./pages/runs.ts";
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
    await past.code.root.locator(".view-lines").click();
    await page.keyboard.type("not mine");
    await page.keyboard.press("ControlOrMeta+z");
    await past.code.expectText(/^(?!.*not mine)/s);
    await runs.back();
    await builder.step("python").code.expectText(/"length": len/);
    await builder.trigger.code.expectText('{"name": "Grace"}');
  });

  await test.step("two runs compared", async () => {
    await runs.open();
    await runs.compare(1, 2);
    const card = page.getByRole("article", { name: "python", exact: true });
    await expect(card.getByRole("button", { name: "Exports changed" })).toBeVisible();
    await expect(card.locator(".monaco-diff-editor").getByText('"length"')).toBeVisible();
    await expect(page.getByRole("article", { name: "python_2" })).toContainText("Failed · KeyError");
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
  });
});
