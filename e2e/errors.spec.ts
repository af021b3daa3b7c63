/** Bad input: each gets an error that says what happened, where, and what to do next; nothing is lost. */

import { Runnel } from "./pages/runnel.ts";
import { expect, startProduct, test, tokens } from "./product.ts";

test.use({ samePage: true });

test("an event that is not valid JSON is marked, kept, and no step runs with it", async ({
  runnel,
  page,
}) => {
  const { builder, step } = await runnel.newStep('def handler(pd: "pipedream"):\n    print("ran")\n');
  await builder.setEvent('{"name": "Ada",}');
  await expect(builder.trigger.root).toContainText(/line 1/i);
  await step.test();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("The trigger's event is not valid JSON");
  await builder.expectSaved();
  await page.reload();
  await builder.trigger.code.expectText('{"name": "Ada",}');
  await builder.setEvent('{"name": "Ada"}');
  await step.testAgain();
  await step.expectStatus("Success");
});

test("a step without a handler says how to write one", async ({ runnel }) => {
  const { step } = await runnel.newStep('print("module code runs")\n');
  await step.test();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("handler");
  await expect(step.error).toContainText("def handler(pd");
});

test("a syntax error is marked on its line, before anything runs", async ({ runnel }) => {
  const { step } = await runnel.newStep(
    'print("must not run")\n\ndef handler(pd: "pipedream")\n    return 1\n',
  );
  await step.test();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText(/SyntaxError.*expected ':'/);
  await expect(step.code.errorNumber).toHaveText("3");
  await expect(step.root).not.toContainText(/must not run.*must not run/s);
});

test("the traceback has the step's own lines first, and the mark goes when the line is mended", async ({
  runnel,
}) => {
  const { step } = await runnel.newStep(`import json

def handler(pd: "pipedream"):
    text = "{not json"
    return json.loads(text)
`);
  await step.test();
  await step.expectStatus("Failed · json.decoder.JSONDecodeError · line 5");
  const traceback = step.error.getByText("Traceback (most recent call last)");
  await expect(traceback).toContainText(/line 5, in handler/);
  await expect(traceback).toContainText("return json.loads(text)");
  await expect(step.code.errorNumber).toHaveText("5");
  await step.root.getByRole("button", { name: "Go to line 5" }).click();
  await expect(step.code.root.locator("textarea.inputarea")).toBeFocused();
  await step.code.type(" ");
  await expect(step.code.errorNumber).toHaveCount(0);
  await step.expectStatus("Stale");
});

test("a key that is missing: the hint names the keys that are there", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  await builder.addCode(
    "trigger",
    "python",
    'def handler(pd: "pipedream"):\n    return {"tag_name": "v1", "body": "text"}\n',
  );
  const step = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    release = pd.steps["python"]["$return_value"]\n    return release["name"]\n',
  );
  await builder.testWorkflow();
  await step.expectStatus("Failed · KeyError · line 3");
  await expect(step.error).toContainText(/has no 'name'.*tag_name.*body/s);
});

test("reading an app that has no account: the hint says to connect one", async ({ runnel }) => {
  const { builder, step } = await runnel.newStep(
    'def handler(pd: "pipedream"):\n    return pd.inputs["slack"]["$auth"]["oauth_access_token"]\n',
  );
  await builder.attachApp(step, "Slack");
  await step.test();
  await step.expectStatus("Failed · KeyError");
  await expect(step.error).toContainText(/account/i);
  await expect(step.error).toContainText(/connect/i);
});

test("a deleted account: the step says so and asks for another", async ({ runnel, page }) => {
  const { builder, step } = await runnel.newStep('def handler(pd: "pipedream"):\n    print("ran")\n');
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "Acme", { oauth_access_token: tokens.acme });
  await step.test();
  await step.expectStatus("Success");
  await builder.expectSaved();
  const accounts = await runnel.goToAccounts();
  await accounts.delete("Acme");
  await page.goBack();
  await expect(step.root.getByRole("button", { name: "Connect Slack" })).toBeVisible();
  await step.test();
  await step.expectStatus("Failed · AccountMissing");
  await expect(step.error).toContainText(/deleted/);
  await expect(step.error).toContainText(/connect one/);
});

test("an export of 50 MB is refused with its size, and the page goes on", async ({ runnel }) => {
  const { step } = await runnel.newStep(
    'def handler(pd: "pipedream"):\n    pd.export("small", 1)\n    return "x" * 50_000_000\n',
  );
  await step.test();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText(/\$return_value takes at least .* MiB/);
  await expect(step.error).toContainText("/tmp");
  await step.expectExport(/small\s*1/);
  await step.code.set('def handler(pd: "pipedream"):\n    return 2\n');
  await step.testAgain();
  await step.expectExport(/\$return_value\s*2/);
});

test("an export of 30 MB is shown without freezing the page", async ({ runnel }) => {
  const { builder, step } = await runnel.newStep(
    'def handler(pd: "pipedream"):\n    return [{"index": i, "text": "x" * 100} for i in range(220_000)]\n',
  );
  await step.test();
  await step.expectStatus("Success");
  await step.expectExport(/\$return_value\s*\[220,000 items\]/);
  await builder.rename("Still reacts");
});

test("a step that prints invalid text, returns nothing or exits is no failure of the product", async ({
  runnel,
}) => {
  const { step } = await runnel.newStep(
    'import sys\n\ndef handler(pd: "pipedream"):\n    sys.stdout.buffer.write(b"\\xff\\xfe raw")\n    print("\\ud800 lone surrogate")\n    raise SystemExit\n',
  );
  await step.test();
  await step.expectStatus(/^(Success|Failed)/);
  await step.expectLog("raw");
});

test("the gateway is gone while a step runs: the step fails and says so, nothing is lost", async ({
  page,
  silent,
}) => {
  const gateway = await startProduct();
  const { builder, step } = await new Runnel(page, gateway.url).newStep(`import socket

def handler(pd: "pipedream"):
    connection = socket.create_connection(("127.0.0.1", ${silent.port}))
    print("connected")
    connection.recv(1)
`);
  await step.test();
  await builder.answerNetwork("Allow");
  await step.expectLog("connected");
  await gateway.close();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText(/gateway/i);
  await expect(step.error).toContainText(/npm start/);
  await step.expectLog("connected");

  // What needs no network still works, and what is typed is stored.
  await step.code.set('def handler(pd: "pipedream"):\n    print("without a gateway")\n');
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("without a gateway");
  await builder.expectSaved();
});
