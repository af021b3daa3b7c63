import { CodeHelp } from "./pages/code-help.ts";
import { expect, packages, test } from "./product.ts";

test.use({ samePage: true });

/** The language server starts when the page has been quiet for a while, and reads Python's own types first. */
const begun = { timeout: 60_000 };

test("knows what a step above exported: completes it, marks a slip and mends it, leads to where it comes from", async ({
  runnel,
  page,
}) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    'def handler(pd: "pipedream"):\n    pd.export("page", {"next": None})\n    return {"stargazers_count": 3, "full_name": "a/b"}\n',
  );
  const second = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    stars = pd.steps["python"]["$return_value"]["stargazer_count"]\n    return stars\n',
  );
  const help = new CodeHelp(page, second.code);
  await first.test();
  await first.expectStatus("Success");

  await test.step("a key that is not there is marked before the step has run", async () => {
    await expect(help.errors).toHaveCount(1, begun);
    await help.expectHover("stargazer_count", 'Did you mean "stargazers_count"?');
  });
  await test.step("the quick fix writes the nearest", async () => {
    await help.goTo("stargazer_count");
    await help.fix('Change to "stargazers_count"');
    await second.code.expectText(/"stargazers_count"\]\n/);
    await expect(help.errors).toHaveCount(0);
  });
  await test.step("a value completes as what it was, a key with the kind of its last value, each once", async () => {
    await help.goTo('"stargazers_count"]');
    await expect((await help.completionsFor(".")).filter({ hasText: "bit_length" })).toHaveCount(1);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Backspace");
    await help.goTo("return stars");
    const keys = await help.completionsFor(', pd.steps["python"]["');
    await expect(keys).toHaveText(["pagedict", "$return_valuedict", "full_name", "stargazers_count"]);
    await keys.filter({ hasText: "full_name" }).click();
    await second.code.expectText(/return stars, pd\.steps\["python"\]\["full_name"\]$/);
    await second.test();
    await second.expectStatus("Success");
  });
  await test.step("F12 on a key goes to its line in the step that exports it", async () => {
    await help.goTo('"full_name"', 2);
    await page.keyboard.press("F12");
    const there = new CodeHelp(page, first.code);
    await expect(there.currentLine).toHaveText("3");
    await page.keyboard.type("#");
    await first.code.expectText(/"stargazers_count": 3, #"full_name"/);
  });
});

test("Python and Ruff: what is wrong is marked, what is unused is faded, a step is formatted, a name renamed", async ({
  runnel,
  page,
}) => {
  const { step } = await runnel.newStep(
    "import os\nimport json\n\ndef handler(pd):\n  value={'a':json.dumps({})}\n  console.log(value, nope)\n  return value\n",
  );
  const help = new CodeHelp(page, step.code);
  await test.step("marks", async () => {
    await expect(help.errors).toHaveCount(1, begun);
    await expect(help.faded).toHaveCount(1);
    await help.expectHover("nope", "Undefined name");
  });
  await test.step("what things are, and what functions take", async () => {
    await help.expectHover("dumps", "(function) def dumps");
    await help.goTo("nope");
    await page.keyboard.type(", json.dumps(");
    await expect(page.locator(".parameter-hints-widget")).toContainText("skipkeys");
    await page.keyboard.press("Escape");
    await page.keyboard.type("1");
  });
  await test.step("Shift+Alt+F formats, with the indents that the code has", async () => {
    await page.keyboard.press("Shift+Alt+F");
    await step.code.expectText(/^ {2}value = \{"a": json\.dumps\(\{\}\)\}$/m);
  });
  await test.step("F2 renames in this step", async () => {
    await help.goTo("return value");
    await help.rename("found");
    await step.code.expectText(/found = \{[\s\S]*console\.log\(found, nope[\s\S]*return found/);
  });
});

test(
  "a package that a run has installed: its methods complete, with their signatures",
  packages,
  async ({ runnel, page }) => {
    const { step } = await runnel.newStep(
      'from slack_sdk import WebClient\n\ndef handler(pd: "pipedream"):\n    WebClient()\n',
    );
    await step.test();
    await step.expectStatus("Success", { timeout: 60_000 });
    const help = new CodeHelp(page, step.code);
    await help.expectHover("WebClient", "(class) WebClient");
    await help.goTo("WebClient()");
    const offered = await help.completionsFor(".chat_post");
    await offered.filter({ hasText: "chat_postMessage" }).click();
    await step.code.expectText(/WebClient\(\)\.chat_postMessage$/);
    await help.expectHover("chat_postMessage", "channel: str");
  },
);
