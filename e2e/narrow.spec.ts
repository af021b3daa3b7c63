import { devices, type Page } from "@playwright/test";
import { expect, test, tokens } from "./product.ts";

const { isMobile: _, ...phone } = devices["Pixel 7"] ?? {};
test.use({ ownProfile: true, ...phone, hasTouch: true, viewport: { width: 390, height: 844 } });

async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const main = document.querySelector("main");
    return [scrollWidth - clientWidth, main ? main.scrollWidth - main.clientWidth : 0];
  });
  expect(overflow, where).toEqual([0, 0]);
}

test("the main job on a phone, and all pages and their dialogs, without scrolling sideways anywhere", async ({
  runnel,
  page,
  slack,
}) => {
  await runnel.open();
  await expectNoSidewaysScroll(page, "no workflows");
  const builder = await runnel.newWorkflow();
  await expectNoSidewaysScroll(page, "an empty workflow");
  const picker = await builder.openPicker("trigger");
  await picker.search.fill("sla");
  await expectNoSidewaysScroll(page, "the picker");
  await picker.option("Slack").tap();
  await picker.option("Run Python with any Slack API").tap();
  const step = builder.step("python_slack");
  const connect = await step.connect("Slack");
  await expectNoSidewaysScroll(page, "the connect dialog");
  await connect.submit("Acme workspace", { oauth_access_token: tokens.acme });
  await step.code.set(`import json
import urllib.request

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    request = urllib.request.Request("${slack.baseUrl}auth.test", headers={"Authorization": f"Bearer {token}"})
    answer = json.load(urllib.request.urlopen(request))
    print("a line that is much longer than a phone is wide: " + "word " * 40)
    pd.export("answer", answer)
    return answer["team"]
`);
  await step.test();
  await builder.answerNetwork("Allow");
  await expectNoSidewaysScroll(page, "the question about the secret");
  await builder.answerSecret("Send once");
  await step.expectStatus("Success");
  await step.expectExport(/\$return_value\s*"Acme"/);
  await expectNoSidewaysScroll(page, "exports");
  for (const tab of ["Logs", "Network", "Inputs"] as const) {
    await step.show(tab);
    await expectNoSidewaysScroll(page, tab);
  }
  await step.code.set('def handler(pd: "pipedream"):\n    raise ValueError("a message " * 30)\n');
  await step.testAgain();
  await step.expectStatus("Failed");
  await expectNoSidewaysScroll(page, "an error");

  await builder.rename("A workflow with quite a long name, longer than a phone's header is wide");
  await expectNoSidewaysScroll(page, "a long name");
  await builder.expectSaved();
  await runnel.goToWorkflows();
  await expectNoSidewaysScroll(page, "workflows");
  const accounts = await runnel.goToAccounts();
  await accounts.connect("Slack", "An account with quite a long name, for a phone", {
    oauth_access_token: tokens.acme,
  });
  await expectNoSidewaysScroll(page, "accounts");
  const environment = await runnel.goToEnvironment();
  await environment.add("A_VARIABLE_WITH_QUITE_A_LONG_NAME_FOR_A_PHONE", "made-up");
  await expectNoSidewaysScroll(page, "variables");
});
