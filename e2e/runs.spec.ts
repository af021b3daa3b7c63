import { expect, test } from "./product.ts";

test.use({ samePage: true });

test("module globals of one step never leak into another, nor into its own next run", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    `import json
import builtins

print("seen before:", "leak" in globals(), hasattr(json, "leak"), hasattr(builtins, "leak"))
leak = json.leak = builtins.leak = "leaked"

def handler(pd: "pipedream"):
    return leak
`,
  );
  const second = await builder.addCode(
    "python",
    "python_2",
    'print("global:", "leak" in globals())\n\ndef handler(pd: "pipedream"):\n    return "leak" in globals()\n',
  );
  await builder.testWorkflow();
  await second.expectStatus("Success");
  await second.expectLog("global: False");
  await first.testAgain();
  await first.expectStatus("Success");
  await first.expectLog("seen before: False False False");
});

test("/tmp and the environment of one run are gone at the next", async ({ runnel }) => {
  const { step } = await runnel.newStep(`import os

def handler(pd: "pipedream"):
    print("found", sorted(os.listdir("/tmp")), os.environ.get("SET_BY_THE_STEP"), os.getcwd())
    os.makedirs("/tmp/folder/inner")
    open("/tmp/folder/inner/file", "w").write("x")
    os.environ["SET_BY_THE_STEP"] = "1"
    os.chdir("/tmp/folder")
    return "run over"
`);
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("found [] None");
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("found [] None");
});

test("Test runs one step with the saved exports of those above; a change above makes it stale", async ({
  runnel,
}) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    'def handler(pd: "pipedream"):\n    print("first ran")\n    return 1\n',
  );
  const second = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    return pd.steps["python"]["$return_value"] + 1\n',
  );
  await builder.testWorkflow();
  await second.expectExport(/\$return_value\s*2/);
  await first.code.set('def handler(pd: "pipedream"):\n    return 10\n');
  await first.expectStatus("Stale");
  await first.testAgain();
  await first.expectStatus("Success");
  await second.expectStatus("Stale");
  await second.testAgain();
  await second.expectExport(/\$return_value\s*11/);
});

test("Test up to here runs the steps above and this one, in order, and none below", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const names = ["python", "python_2", "python_3"];
  let after = "trigger";
  for (const name of names) {
    await builder.addCode(after, name, `def handler(pd: "pipedream"):\n    return [*pd.steps]\n`);
    after = name;
  }
  await builder.step("python_2").root.getByRole("button", { name: "Test up to here" }).click();
  await builder.step("python_2").expectStatus("Success");
  await builder.step("python").expectStatus("Success");
  await builder.step("python_3").expectStatus("Not tested");
  await builder.step("python_2").expectExport(/0\s*"trigger"/);
  await builder.step("python_2").expectExport(/1\s*"python"/);
});

test("a disabled step is passed over, and its exports are absent", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode("trigger", "python", 'def handler(pd: "pipedream"):\n    return 1\n');
  const second = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    print("there:", "python" in pd.steps)\n',
  );
  await first.menu("Disable");
  await builder.testWorkflow();
  await second.expectStatus("Success");
  await second.expectLog("there: False");
  await first.expectStatus("Not tested");
  await expect(first.root).toContainText("Disabled");
});

test("Ctrl+Enter in the editor tests the step with what was just typed", async ({ runnel, page }) => {
  const { step } = await runnel.newStep('def handler(pd: "pipedream"):\n    print("old")\n');
  await step.code.set('def handler(pd: "pipedream"):\n    print("just typed")\n');
  await page.keyboard.press("ControlOrMeta+Enter");
  await step.expectStatus("Success");
  await step.expectLog("just typed");
});
