/** The reference's facts (`python-step.md`) in the real browser; those of the seed document itself are in seed.spec.ts. */

import { facts } from "./facts.ts";
import { expect, test, tokens } from "./product.ts";

test.use({ samePage: true });

for (const { fact, says, event, steps, check } of facts) {
  test(`fact ${fact}: ${says}`, async ({ runnel }) => {
    const builder = await runnel.newWorkflow();
    if (event !== undefined) await builder.setEvent(JSON.stringify(event, null, 2));
    let after = "trigger";
    for (const [index, code] of steps.entries()) {
      const name = index === 0 ? "python" : `python_${index + 1}`;
      await builder.addCode(after, name, code);
      after = name;
    }
    await builder.testWorkflow();
    await check(builder);
  });
}

test("fact 2: a new blank step prints a value of the trigger's context and returns foo", async ({
  runnel,
}) => {
  const builder = await runnel.newWorkflow();
  const step = await builder.addCode("trigger", "python");
  await step.code.expectText(/pd\.steps\["trigger"\]\["context"\]/);
  await step.test();
  await step.expectStatus("Success");
  await expect(step.log).toContainText(/\S{8,}/);
  await step.expectExport(/foo\s*\{test\}/);
});

test("fact 9: several apps are connected to one step, each a plain dict of its account's properties", async ({
  runnel,
}) => {
  const { builder, step } = await runnel.newStep(`def handler(pd: "pipedream"):
    for app in sorted(pd.inputs):
        auth = pd.inputs[app]["$auth"]
        print(app, type(auth).__name__, sorted(auth), [len(value) for value in auth.values()])
`);
  for (const app of ["Slack", "Stripe"]) {
    await builder.attachApp(step, app);
  }
  await step.giveAccount("Slack", "Acme", { oauth_access_token: tokens.acme });
  await step.giveAccount("Stripe", "Shop", { api_key: "sk_test_made_up_0123456789" });
  await step.test();
  await step.expectLog("stripe dict ['api_key'");
  await step.expectLog(`slack dict ['oauth_access_token'] [${tokens.acme.length}]`);
});

test("fact 33: the time limit ends a step with Timeout, its logs so far stay", async ({ runnel }) => {
  const { builder, step } = await runnel.newStep(`import time

def handler(pd: "pipedream"):
    print("before the limit")
    time.sleep(1000)
    print("never")
`);
  await builder.setTimeLimit(1);
  await step.test();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("Timeout");
  await expect(step.error).toContainText("limit of 1 s");
  await step.expectLog("before the limit");
  await expect(step.log).not.toContainText("never");
});
