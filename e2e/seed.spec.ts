/**
 * The seed document's own words (facts S1 to S7). Its sample runs with not a letter changed: here the gateway resolves
 * `slack.com` to a server on this machine, whose certificate comes from an authority of the test's own.
 */
import { expect, packages, tokens } from "./product.ts";
import { sample } from "./seed-sample.ts";
import { test } from "./slack-com.ts";

test.use({ samePage: true });

const posted = {
  method: "chat.postMessage",
  token: tokens.acme,
  fields: expect.objectContaining({ channel: "#general", text: "Hello from Pipedream!" }),
};

test(
  "fact S2: the sample runs verbatim against https://slack.com",
  packages,
  async ({ runnel, slackCom }) => {
    const before = slackCom.calls.length;
    const { builder, step } = await runnel.newStep(sample);
    await builder.attachApp(step, "Slack");
    await step.giveAccount("Slack", "Acme workspace", { oauth_access_token: tokens.acme });
    await step.test();
    await step.expectStatus("Success", { timeout: 60_000 });
    expect(slackCom.calls.slice(before)).toEqual([expect.objectContaining(posted)]);
    await step.expectExport(/^response/);
    await expect(await step.show("Network")).toContainText("slack.com");
  },
);

test(
  "fact S6: + → search → app → Run Python with any Slack API gives its test request, free to edit and ready to run",
  packages,
  async ({ runnel, slackCom }) => {
    const before = slackCom.calls.length;
    const builder = await runnel.newWorkflow();
    const picker = await builder.openPicker("trigger");
    await picker.search.fill("slack");
    await picker.option("Slack").click();
    await expect(picker.options.first()).toHaveAccessibleName("Run Python with any Slack API");
    await picker.options.first().click();
    const step = builder.step("python_slack");
    await step.code.expectText(sample);
    await step.giveAccount("Slack", "Acme workspace", { oauth_access_token: tokens.acme });
    await step.test();
    await step.expectStatus("Success", { timeout: 60_000 });
    expect(slackCom.calls.slice(before)).toEqual([expect.objectContaining(posted)]);
  },
);

test("facts S1 and S5: the account's token stands under pd.inputs, and under pd.steps as the older edition writes it", async ({
  runnel,
}) => {
  const { builder, step } = await runnel.newStep(`import hashlib

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    older = pd.steps["slack"]["$auth"]["oauth_access_token"]
    print("same:", token == older, "length:", len(token))
    key = pd.inputs["stripe"]["$auth"]["api_key"]
    print("key length:", len(key))
`);
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "Acme", { oauth_access_token: tokens.acme });
  await builder.attachApp(step, "Stripe");
  await step.giveAccount("Stripe", "Shop", { api_key: "sk_test_made_up_0123456789" });
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog(`same: True length: ${tokens.acme.length}`);
  await step.expectLog("key length: 26");
});

test("facts S3 and S4: console.log and print show the property names of $auth, never the token", async ({
  runnel,
}) => {
  const { builder, step } = await runnel.newStep(`def handler(pd: "pipedream"):
    console.log(pd.inputs["slack"]["$auth"])
    print(pd.inputs["slack"]["$auth"])
    console.warn("warned")
    console.error("went wrong")
    console.info("informed")
`);
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "Acme", { oauth_access_token: tokens.acme });
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog(
    /oauth_access_token[\s\S]*oauth_access_token[\s\S]*warned[\s\S]*went wrong[\s\S]*informed/,
  );
  await step.expectLog("slack.$auth.oauth_access_token (hidden)");
  await expect(step.log).not.toContainText(tokens.acme);
});

test("fact S7: a secret of a service without an app comes from an environment variable", async ({
  runnel,
}) => {
  await runnel.open();
  const environment = await runnel.goToEnvironment();
  await environment.add("OTHER_SERVICE_KEY", "made-up-key-of-another-service");
  const { step } = await runnel.newStep(`import os

def handler(pd: "pipedream"):
    print("length", len(os.environ["OTHER_SERVICE_KEY"]), os.environ["OTHER_SERVICE_KEY"])
`);
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("length 30 env.OTHER_SERVICE_KEY (hidden)");
});
