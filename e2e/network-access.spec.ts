import { expectAccessible } from "./accessible.ts";
import { test } from "./example-com.ts";
import type { Builder } from "./pages/builder.ts";
import { NetworkAccess } from "./pages/network-access.ts";
import type { Runnel } from "./pages/runnel.ts";
import { expect, tokens } from "./product.ts";

test.use({ samePage: true });

/** A step that gets an address and gives the status. */
const get = (url: string) =>
  `import urllib.request\n\ndef handler(pd: "pipedream"):\n    return urllib.request.urlopen("${url}").status\n`;

/** A workflow with one step, exported and imported again: by somebody else, as far as Runnel knows. */
async function imported(runnel: Runnel, code: string, name: string): Promise<Builder> {
  const { builder } = await runnel.newStep(code);
  await builder.rename(name);
  await builder.expectSaved();
  const list = await runnel.goToWorkflows();
  const file = await list.export(name);
  await list.menu(name, "Delete");
  return list.import(file);
}

test("a public host that was reached is listed; denied it raises PermissionError, allowed it works again", async ({
  runnel,
  api,
}) => {
  const { builder, step } = await runnel.newStep(get("http://api.example.com/echo"));
  const access = builder.networkAccess;
  await step.test();
  await step.expectStatus("Success");
  await access.open();
  await access.expectAccess("api.example.com", "Allow");
  await expect(access.row("api.example.com")).toContainText("used just now");
  await access.set("api.example.com", "Deny");
  await access.close();

  await step.testAgain();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("PermissionError");
  await expect(step.error).toContainText("api.example.com");
  expect(api.requests).toEqual(["GET /echo"]);

  await step.error.getByRole("button", { name: "Network access…" }).click();
  await expect(access.choice("api.example.com", "Deny")).toBeFocused();
  await access.set("api.example.com", "Allow");
  await access.close();
  await step.testAgain();
  await step.expectStatus("Success");
  await expect(builder.networkDialog).toBeHidden();
  expect(api.requests).toEqual(["GET /echo", "GET /echo"]);
});

test("what was allowed on this computer is listed with its port; removed it is asked about again, undo brings it back", async ({
  runnel,
  web,
  page,
}) => {
  const { builder, step } = await runnel.newStep(get(`${web.url}/echo`));
  const access = builder.networkAccess;
  const target = `127.0.0.1:${web.port}`;
  await step.test();
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  await access.open();
  await expect(access.row(target)).toContainText("this computer");
  await access.remove(target);
  await access.undo(target);
  await access.expectAccess(target, "Allow");
  await access.close();
  await step.testAgain();
  await step.expectStatus("Success");

  await access.open();
  await access.remove(target);
  await access.close();
  await builder.expectSaved();
  await page.reload();
  await step.testAgain();
  await builder.answerNetwork("Deny");
  await step.expectStatus("Failed");
  // A refusal is not on the list: the host is proposed.
  await step.error.getByRole("button", { name: "Network access…" }).click();
  await expect(access.hostField).toHaveValue(target);
  await expect(access.hostField).toBeFocused();
  await access.root.getByRole("button", { name: "Allow host" }).click();
  await access.expectAccess(target, "Allow");
  await access.close();
  await step.testAgain();
  await step.expectStatus("Success");
  await expect(builder.networkDialog).toBeHidden();
});

test("a host is added before any step asks, from a pasted address; another tab sees it", async ({
  runnel,
  api,
  page,
  context,
}) => {
  const { builder, step } = await runnel.newStep(get("http://api.example.com/echo"));
  const access = builder.networkAccess;
  await access.open();
  await access.add("*.example.com", "Deny");
  await expect(access.root).toContainText("Patterns with * can't be added");
  await access.add("https://user@api.example.com/v1/users?page=2", "Deny");
  await access.expectAccess("api.example.com", "Deny");
  await access.close();
  await builder.expectSaved();

  const other = await context.newPage();
  await other.goto(page.url());
  const elsewhere = new NetworkAccess(other);
  await elsewhere.open();
  await elsewhere.expectAccess("api.example.com", "Deny");

  await step.test();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("api.example.com");
  expect(api.requests).toEqual([]);

  await elsewhere.set("api.example.com", "Allow");
  await access.open();
  await access.expectAccess("api.example.com", "Allow");
});

test("an imported workflow asks before it reaches anything; trusted it doesn't", async ({
  runnel,
  api,
  page,
}) => {
  const builder = await imported(runnel, get("http://api.example.com/echo"), "From elsewhere");
  const access = builder.networkAccess;
  const step = builder.step("python");
  await expect(access.banner).toContainText("It asks before it reaches anything but the apps you attach");
  await expect(access.button).toHaveAccessibleName("Network access: not trusted yet");

  await step.test();
  await builder.answerNetwork("Deny");
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("PermissionError");
  expect(api.requests).toEqual([]);
  await step.testAgain();
  await builder.answerNetwork("Allow");
  await step.expectStatus("Success");
  await access.open();
  await access.expectAccess("api.example.com", "Allow");
  await access.close();

  const list = await runnel.goToWorkflows();
  await expect(list.row("From elsewhere")).toContainText("Untrusted");
  await list.open("From elsewhere");
  await step.code.set(get("http://other.example.com/echo"));
  await access.trust();
  await expect(access.banner).toBeHidden();
  await step.testAgain();
  await step.expectStatus("Success");
  await expect(builder.networkDialog).toBeHidden();
  expect(api.requests).toEqual(["GET /echo", "GET /echo"]);

  await builder.expectSaved();
  await page.reload();
  await expect(step.root).toBeVisible();
  await expect(access.banner).toBeHidden();
  await runnel.goToWorkflows();
  await expect(list.row("From elsewhere")).not.toContainText("Untrusted");
});

test("a secret that goes elsewhere is asked about; what may always go is listed, and can be taken back", async ({
  runnel,
  api,
}) => {
  const builder = await runnel.newWorkflow();
  const access = builder.networkAccess;
  const step = await builder.addApp("trigger", "Slack", "python_slack");
  await step.giveAccount("Slack", "Acme workspace", { oauth_access_token: tokens.acme });
  await step.code.set(`import urllib.request

def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    request = urllib.request.Request("http://api.example.com/echo", headers={"Authorization": f"Bearer {token}"})
    return urllib.request.urlopen(request).status
`);
  await step.test();
  await expect(builder.secretDialog).toContainText("slack.$auth.oauth_access_token");
  await expect(builder.secretDialog).toContainText("Acme workspace");
  await expect(builder.secretDialog.getByRole("button", { name: "Don't send" })).toBeFocused();
  await builder.page.keyboard.press("Escape");
  await builder.answerSecret("Don't send");
  await step.expectStatus("Failed");
  expect(api.requests).toEqual([]);

  await step.testAgain();
  await builder.answerSecret("Send once");
  await step.expectStatus("Success");
  await step.testAgain();
  await builder.answerSecret("Always send there");
  await step.expectStatus("Success");
  await step.testAgain();
  await step.expectStatus("Success");
  expect(api.requests).toHaveLength(3);

  await access.open();
  await expect(access.root.getByRole("list", { name: "Always allowed" })).toContainText("Slack");
  await expect(access.secrets).toContainText("Acme workspace");
  await access.root
    .getByRole("button", { name: "Remove slack.$auth.oauth_access_token for api.example.com" })
    .click();
  await access.close();
  await step.testAgain();
  await builder.answerSecret("Don't send");
  await step.expectStatus("Failed");
  expect(api.requests).toHaveLength(3);
});

test("a question comes up over the open list, which shows what was answered", async ({
  runnel,
  web,
  page,
}) => {
  const { builder, step } = await runnel.newStep(`import urllib.request

def handler(pd: "pipedream"):
    urllib.request.urlopen("${web.url}/gate").read()
    return urllib.request.urlopen("http://localhost:${web.port}/echo").status
`);
  const access = builder.networkAccess;
  await step.test();
  await builder.answerNetwork("Allow");
  await expect.poll(() => web.requests).toEqual(["GET /gate"]);
  await access.open();
  await access.expectAccess(`127.0.0.1:${web.port}`, "Allow");
  web.openGate();
  await expect(builder.networkDialog.getByRole("button", { name: "Deny" })).toBeFocused();
  await page.keyboard.press("Escape");
  await builder.answerNetwork("Allow");
  await access.expectAccess(`localhost:${web.port}`, "Allow");
  await access.close();
  await step.expectStatus("Success");
});

test("all of it by keyboard", async ({ runnel, page }) => {
  const builder = await runnel.newWorkflow();
  const access = builder.networkAccess;
  const { keyboard } = page;
  await access.button.focus();
  await keyboard.press("Enter");
  await expect(access.root).toBeVisible();
  const tabTo = async (target: typeof access.root) => {
    for (let presses = 0; presses < 30; presses++) {
      if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
      await keyboard.press("Tab");
    }
    await expect(target).toBeFocused();
  };
  await tabTo(access.hostField);
  await keyboard.type("api.example.com");
  await keyboard.press("Enter");
  await access.expectAccess("api.example.com", "Allow");
  await keyboard.press("Shift+Tab");
  await expect(access.root.getByRole("button", { name: "Remove api.example.com" })).toBeFocused();
  await keyboard.press("Shift+Tab");
  await expect(access.choice("api.example.com", "Allow")).toBeFocused();
  await keyboard.press("ArrowRight");
  await access.expectAccess("api.example.com", "Deny");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(access.root.getByRole("button", { name: /^Undo/ })).toBeFocused();
  await keyboard.press("Enter");
  await access.expectAccess("api.example.com", "Deny");
  await expect(access.choice("api.example.com", "Deny")).toBeFocused();
  await keyboard.press("Escape");
  await expect(access.root).toBeHidden();
  await expect(access.button).toBeFocused();
});

/** Everything that can be seen of it: the banner, the dialog with all kinds of rows, a question. */
async function walkThrough(runnel: Runnel, look: (where: string) => Promise<void>): Promise<void> {
  const builder = await imported(
    runnel,
    get("http://a-host-with-quite-a-long-name-for-a-phone.example.com/echo"),
    "From elsewhere, on a phone",
  );
  const access = builder.networkAccess;
  await look("the banner");
  await access.open();
  await look("an empty list");
  await access.add("nas.local:8080", "Deny");
  await access.add("a-host-with-quite-a-long-name-for-a-phone.api.example.com");
  await access.add("::1");
  await access.add("not a host");
  await access.remove("nas.local:8080");
  await look("a list");
  await access.close();
  await builder.step("python").test();
  await expect(builder.networkDialog).toBeVisible();
  await look("a question");
  await builder.answerNetwork("Deny");
  await builder.step("python").expectStatus("Failed");
  await look("an error with the way to the list");
  await runnel.goToWorkflows();
  await look("the list of workflows");
}

test("accessible, and fits a phone", async ({ runnel, page }) => {
  await walkThrough(runnel, async (where) => {
    await expectAccessible(page, where);
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = await page.evaluate(() => {
      const scrolled = [
        document.documentElement,
        ...document.querySelectorAll("main, [role=dialog], [data-body]"),
      ];
      return scrolled.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    });
    expect(
      overflow.every((width) => width <= 0),
      `${where}: ${overflow}`,
    ).toBe(true);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});
