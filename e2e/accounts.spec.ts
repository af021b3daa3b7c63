import { expect, test, tokens } from "./product.ts";

test.use({ samePage: true });

const showTeam = (baseUrl: string) => `import json
import urllib.request

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    request = urllib.request.Request("${baseUrl}auth.test", headers={"Authorization": f"Bearer {token}"})
    return json.load(urllib.request.urlopen(request))["team"]
`;

test("two accounts of one app: each step uses the one chosen in it", async ({ runnel, slack }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode("trigger", "python", showTeam(slack.baseUrl));
  await builder.attachApp(first, "Slack");
  await first.giveAccount("Slack", "Acme workspace", { oauth_access_token: tokens.acme });
  const second = await builder.addCode("python", "python_2", showTeam(slack.baseUrl));
  await builder.attachApp(second, "Slack");
  // The account used last is chosen already.
  await second.expectAccount("Slack", "Acme workspace");
  await second.appMenu("Slack", "Connect another account");
  await second.connectDialog("Slack").submit("Globex workspace", { oauth_access_token: tokens.globex });
  await second.expectAccount("Slack", "Globex workspace");
  await first.expectAccount("Slack", "Acme workspace");

  await builder.testWorkflow();
  await builder.answerNetwork("Allow");
  await builder.answerSecret("Always send there");
  await builder.answerSecret("Always send there");
  await second.expectExport(/\$return_value\s*"Globex"/);
  await first.expectExport(/\$return_value\s*"Acme"/);

  await first.chooseAccount("Slack", "Globex workspace");
  await first.expectStatus("Stale");
  await first.testAgain();
  await first.expectExport(/\$return_value\s*"Globex"/);
});

test("an account is renamed everywhere, and is still there after a reload", async ({ runnel, page }) => {
  const { builder, step } = await runnel.newStep('def handler(pd: "pipedream"):\n    return 1\n');
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "Old name", { oauth_access_token: tokens.acme });
  await step.appMenu("Slack", "Rename account");
  const dialog = page.getByRole("dialog", { name: "Rename Old name" });
  await dialog.getByLabel("Account name").fill("New name");
  await dialog.getByRole("button", { name: "Save" }).click();
  await step.expectAccount("Slack", "New name");
  await builder.expectSaved();
  await page.reload();
  await step.expectAccount("Slack", "New name");
  const accounts = await runnel.goToAccounts();
  await expect(accounts.row("New name")).toContainText("Used by Untitled workflow");
});

test("an account is connected on the Accounts page and chosen in a step that is added later", async ({
  runnel,
}) => {
  await runnel.open();
  const accounts = await runnel.goToAccounts();
  await accounts.connect("Slack", "From the page", { oauth_access_token: tokens.acme });
  await expect(accounts.row("From the page")).toBeVisible();
  const builder = await runnel.newWorkflow();
  const step = await builder.addApp("trigger", "Slack", "python_slack");
  await step.expectAccount("Slack", "From the page");
});

test("deleting an account that is in use says where, and can be undone", async ({ runnel, page }) => {
  const { builder, step } = await runnel.newStep('def handler(pd: "pipedream"):\n    return 1\n');
  await builder.rename("Uses the account");
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "In use", { oauth_access_token: tokens.acme });
  await builder.expectSaved();
  const accounts = await runnel.goToAccounts();
  const confirm = await accounts.askToDelete("In use");
  await expect(confirm).toContainText("Uses the account");
  await confirm.getByRole("button", { name: "Cancel" }).click();
  await expect(accounts.row("In use")).toBeVisible();
  await accounts.delete("In use");
  await expect(accounts.row("In use")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(accounts.row("In use")).toBeVisible();
});

test("a secret that was saved is not shown again", async ({ runnel, page }) => {
  await runnel.open();
  const accounts = await runnel.goToAccounts();
  await accounts.connect("Slack", "Acme", { oauth_access_token: tokens.acme });
  await accounts.menu("Acme", "Edit credentials");
  const field = page
    .getByRole("dialog", { name: "Reconnect Slack" })
    .getByLabel("oauth_access_token", { exact: true });
  await expect(field).toHaveValue("");
  expect(await page.content()).not.toContain(tokens.acme);
});
