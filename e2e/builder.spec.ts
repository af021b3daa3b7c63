import { expect, test, tokens } from "./product.ts";

test.use({ samePage: true });

test("the search ranks a name's beginning first, finds aliases and forgives a typo", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const picker = await builder.openPicker("trigger");
  for (const [query, app] of [
    ["sla", "Slack"],
    ["chatgpt", "OpenAI (ChatGPT)"],
    ["githb", "GitHub"],
    ["google sheets", "Google Sheets"],
    ["stripe", "Stripe"],
  ] as const) {
    await picker.search.fill(query);
    await expect(picker.options.first(), query).toHaveAccessibleName(app);
  }
  await picker.search.fill("no app is called like this");
  await expect(picker.options).toHaveCount(3);
  for (const name of ["Run Python code", "Paste step"]) await expect(picker.option(name), name).toBeVisible();
});

test("Enter takes the first option, Escape steps back and then closes, the focus returns to the +", async ({
  runnel,
  page,
}) => {
  const builder = await runnel.newWorkflow();
  const picker = await builder.openPicker("trigger");
  await picker.search.fill("stripe");
  await expect(picker.options.first()).toHaveAccessibleName("Stripe");
  await page.keyboard.press("Enter");
  await expect(picker.options.first()).toHaveAccessibleName("Run Python with any Stripe API");
  await page.keyboard.press("Escape");
  await expect(picker.option("Stripe")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(picker.root).toBeHidden();
  await expect(page.getByRole("button", { name: "Add a step after trigger" })).toBeFocused();
  await builder.expectSteps();
});

test("steps go in at the + that was pressed, each with a name of its own", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  await builder.addApp("trigger", "Slack", "python_slack");
  await builder.addApp("trigger", "Slack", "python_slack_2");
  await builder.addCode("python_slack_2", "python");
  await builder.expectSteps("python_slack_2", "python", "python_slack");
});

test("Insert code for an app replaces an untouched blank, and else adds a function of its own", async ({
  runnel,
}) => {
  const builder = await runnel.newWorkflow();
  const blank = await builder.addCode("trigger", "python");
  await builder.attachApp(blank, "GitHub");
  await blank.appMenu("GitHub", "Insert code for GitHub");
  await blank.code.expectText(
    /^import requests[\s\S]*def handler\(pd: "pipedream"\):[\s\S]*pd\.inputs\["github"\]/,
  );

  const own = await builder.addCode(
    "python",
    "python_2",
    'import json\n\ndef handler(pd: "pipedream"):\n    return json.dumps("mine")\n',
  );
  await builder.attachApp(own, "GitHub");
  await own.appMenu("GitHub", "Insert code for GitHub");
  await own.code.expectText(/import requests[\s\S]*def handler[\s\S]*json\.dumps\("mine"\)/);
  expect((await own.code.text()).match(/^(async )?def handler/gm)).toHaveLength(1);
  expect((await own.code.text()).match(/^def \w*github\w*/gm)).toHaveLength(1);
});

test("Copy path gives code that reads the value in a later step", async ({ runnel, page }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    'def handler(pd: "pipedream"):\n    return {"rows": [{"some key": "found it"}]}\n',
  );
  await first.test();
  const tree = await first.show("Exports");
  await tree.getByRole("treeitem", { name: /^rows/ }).click();
  await tree.getByRole("treeitem", { name: /^0/ }).click();
  const leaf = tree.getByRole("treeitem", { name: /^some key/ });
  await leaf.hover();
  await leaf.getByRole("button", { name: "Copy path" }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toBe('pd.steps["python"]["$return_value"]["rows"][0]["some key"]');
  const path = await clipboard();
  await leaf.getByRole("button", { name: "Copy value" }).click();
  await expect.poll(clipboard).toBe("found it");
  const second = await builder.addCode(
    "python",
    "python_2",
    `def handler(pd: "pipedream"):\n    print(${path})\n`,
  );
  await second.test();
  await second.expectLog("found it");
});

test("a step is moved, duplicated, collapsed, noted and deleted by its menu", async ({ runnel, page }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode("trigger", "python");
  const second = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    return "second"\n',
  );
  await second.menu("Move up");
  await builder.expectSteps("python_2", "python");
  await second.menu("Duplicate");
  await builder.expectSteps("python_2", "python_3", "python");
  await builder.step("python_3").code.expectText(/"second"/);
  await first.root.getByRole("button", { name: "Collapse" }).click();
  await expect(first.testButton).toBeHidden();
  await first.root.getByRole("button", { name: "Expand" }).click();
  await expect(first.testButton).toBeVisible();
  await first.menu("Delete");
  await builder.expectSteps("python_2", "python_3");
  await page.getByRole("button", { name: "Undo" }).last().click();
  await builder.expectSteps("python_2", "python_3", "python");
});

test.describe("from the page's start", () => {
  test.use({ samePage: false });

  test("light and dark follow the system until the switch says otherwise, which is remembered", async ({
    runnel,
    page,
    browserName,
  }) => {
    test.skip(browserName === "firefox", "An ESR can't be told over WebDriver BiDi what the system prefers.");
    await page.emulateMedia({ colorScheme: "dark" });
    await runnel.open();
    const theme = page.locator("html");
    await expect(theme).toHaveAttribute("data-theme", "dark");
    await page.emulateMedia({ colorScheme: "light" });
    await expect(theme).toHaveAttribute("data-theme", "light");
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitem", { name: "Dark" }).click();
    await expect(theme).toHaveAttribute("data-theme", "dark");
    await page.reload();
    await expect(theme).toHaveAttribute("data-theme", "dark");
  });

  test("nothing of the page is loaded from elsewhere, and no token is in an address", async ({
    runnel,
    gateway,
    page,
  }) => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    const builder = await runnel.newWorkflow();
    const step = await builder.addApp("trigger", "Slack", "python_slack");
    await step.giveAccount("Slack", "Acme", { oauth_access_token: tokens.acme });
    await runnel.expectPython();
    for (const url of requests) {
      if (/^(blob|data):/.test(url)) continue;
      expect(url.startsWith(gateway.url), url).toBe(true);
      expect(url).not.toMatch(/token|xoxb/i);
    }
  });
});
