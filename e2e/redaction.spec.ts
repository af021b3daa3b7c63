/** Values of secrets are replaced by their names in everything that is shown or stored of a run. */
import { dumpDatabases } from "./pages/database.ts";
import { expect, test, tokens } from "./product.ts";

const token = tokens.acme;
const variable = 'made-up "quoted" secret/with+odd&chars';

test.use({ samePage: true });

/** The forms in which a value is looked for. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    bytes.toString("base64"),
    bytes.toString("base64url"),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString("hex"),
  ];
}

test("a token is replaced in logs, exports, errors and what is stored, in every form", async ({
  runnel,
  page,
  web,
}) => {
  await runnel.open();
  await (await runnel.goToEnvironment()).add("ODD_SECRET", variable);
  const { builder, step } = await runnel.newStep(`import base64
import json
import os
import sys
import urllib.parse
import urllib.request

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    odd = os.environ["ODD_SECRET"]
    for value in (token, odd):
        print("raw", value)
        print("inside", "Bearer " + value + ";")
        print("base64", base64.b64encode(value.encode()).decode())
        print("basic", base64.b64encode(("user:" + value).encode()).decode())
        print("url", urllib.parse.quote(value, safe=""), urllib.parse.quote_plus(value))
        print("json", json.dumps({"key": value}))
        print("repr", repr(value))
        print("split ", end="")
        half = len(value) // 2
        sys.stdout.write(value[:half])
        sys.stdout.flush()
        sys.stdout.write(value[half:] + "\\n")
        sys.stdout.flush()
        print("stderr", value, file=sys.stderr)
    urllib.request.urlopen("${web.url}/echo?token=" + urllib.parse.quote(token, safe="")).read()
    pd.export("export", {"value": token, token: "as a key", "nested": [{"odd": odd}], "b": base64.b64encode(token.encode()).decode()})
    print("all printed")
    raise ValueError(f"the token is {token} and the variable {odd}")
`);
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "Acme", { oauth_access_token: token });
  await step.test();
  await builder.answerNetwork("Allow");
  await builder.answerSecret("Send once");
  await step.expectStatus("Failed · ValueError");
  await step.expectLog("all printed");
  await step.expectLog("raw slack.$auth.oauth_access_token (hidden)");
  await step.expectLog("raw env.ODD_SECRET (hidden)");
  await step.expectLog("split slack.$auth.oauth_access_token (hidden)");
  await expect(step.error).toContainText("the token is slack.$auth.oauth_access_token (hidden)");
  await step.expectExport(/^export/);

  await builder.expectSaved();
  const shown: string[] = [];
  for (const tab of ["Logs", "Exports", "Network", "Inputs"] as const) {
    const panel = await step.show(tab);
    const closed = panel.getByRole("treeitem", { expanded: false });
    while ((await closed.count()) > 0) await closed.first().click();
    shown.push((await panel.textContent()) ?? "");
  }
  shown.push((await page.locator("body").textContent()) ?? "");
  await expect
    .poll(async () => (await dumpDatabases(page)).includes("all printed"), {
      message: "the result is stored",
    })
    .toBe(true);
  const stored = await dumpDatabases(page);
  const preferences = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  for (const [where, text] of Object.entries({
    shown: shown.join("\n"),
    stored,
    preferences,
    url: page.url(),
  })) {
    for (const secret of [token, variable]) {
      for (const form of formsOf(secret)) expect(text, `${form} in what is ${where}`).not.toContain(form);
    }
  }
});

test("of a token that is on its way in pieces, not even the beginning is shown", async ({ runnel, web }) => {
  const half = token.slice(0, token.length / 2);
  const { builder, step } = await runnel.newStep(`import sys
import urllib.request

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    print("begins:", token[:${half.length}], end="")
    sys.stdout.flush()
    urllib.request.urlopen("${web.url}/gate").read()
    print(token[${half.length}:], "ends")
`);
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "Acme", { oauth_access_token: token });
  await step.test();
  await builder.answerNetwork("Allow");
  await step.expectLog("begins:");
  await expect(step.log).not.toContainText(half);
  web.openGate();
  await step.expectStatus("Success");
  await step.expectLog("begins: slack.$auth.oauth_access_token (hidden) ends");
});

test("a later step reads the real value of an earlier one's inputs only through its own account", async ({
  runnel,
}) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    'def handler(pd: "pipedream"):\n    return pd.inputs["slack"]["$auth"]["oauth_access_token"]\n',
  );
  await builder.attachApp(first, "Slack");
  await first.giveAccount("Slack", "Acme", { oauth_access_token: token });
  const second = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    print("got", pd.steps["python"]["$return_value"][:5])\n',
  );
  await builder.testWorkflow();
  await second.expectStatus("Success");
  await second.expectLog("got ⟦slac");
});

test("the exported file of a workflow holds neither token nor account", async ({ runnel, page }) => {
  const { builder, step } = await runnel.newStep('def handler(pd: "pipedream"):\n    return 1\n');
  await builder.rename("To be shared");
  await builder.attachApp(step, "Slack");
  await step.giveAccount("Slack", "Acme workspace", { oauth_access_token: token });
  await builder.expectSaved();
  const workflows = await runnel.goToWorkflows();
  const text = await workflows.export("To be shared");
  expect(JSON.parse(text)).toMatchObject({ data: { name: "To be shared" } });
  for (const form of [...formsOf(token), "Acme workspace"]) expect(text).not.toContain(form);
  await expect(page.getByRole("main")).toBeVisible();
});
