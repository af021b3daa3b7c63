/** What starts a workflow besides the person: requests to its URL, and a schedule. */
import { expectAccessible } from "./accessible.ts";
import { TriggerSettings } from "./pages/trigger.ts";
import { expect, test } from "./product.ts";

test.use({ samePage: true });

const ANSWERS = `def handler(pd: "pipedream"):
    event, context = pd.steps["trigger"]["event"], pd.steps["trigger"]["context"]
    print("got", event["method"], event["path"], event["body"], "replay", context["replay"], context["emitter_id"][:5])
    body = "<script>document.title = self.origin</script>" if event["method"] == "GET" else {"seen": event["body"]}
    pd.respond({"status": 201, "body": body, "headers": {"x-mine": "1", "set-cookie": "a=b"}})
`;

test("facts 6 and 26: a request to the workflow's URL runs it, and pd.respond answers", async ({
  runnel,
  page,
}) => {
  const builder = await runnel.newWorkflow();
  await builder.rename("Orders");
  const trigger = new TriggerSettings(builder);
  await trigger.choose("HTTP request");
  const url = await trigger.url();
  const step = await builder.addCode("trigger", "python", ANSWERS);
  const send = (path: string, body: object) =>
    fetch(url + path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });

  await test.step("its answer comes back, and is shown below the step", async () => {
    const response = await send("/orders?size=L", { n: 1 });
    expect([response.status, await response.json()]).toEqual([201, { seen: { n: 1 } }]);
    expect(response.headers.get("x-mine")).toBe("1");
    expect(response.headers.get("content-security-policy")).toBe("sandbox");
    expect(response.headers.get("set-cookie")).toBeNull();
    await step.expectStatus("Success");
    await step.expectLog("got POST /orders {'n': 1} replay False http_");
    const shown = (await step.show("Output")).getByRole("group", { name: /^HTTP response 1/ });
    await expect(shown).toContainText("201 HTTP response");
    await expect(shown).toContainText("x-mine");
    await expect(step.root).toContainText("Sent to the request that this run came from.");
    await builder.trigger.code.expectText(/"path": "\/orders"/);
  });

  await test.step("what it answers is never part of the app, however it is opened", async () => {
    const opened = await page.context().newPage();
    await opened.goto(url);
    expect(await opened.title()).toBe("");
    await opened.close();
    await step.expectLog("got GET / None");
    const loaded = await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          const script = document.createElement("script");
          script.onload = () => resolve("loaded");
          script.onerror = () => resolve("refused");
          script.src = src;
          document.head.append(script);
        }),
      url,
    );
    expect(loaded).toBe("refused");
  });

  await test.step("an earlier event is run again", async () => {
    const earlier = await trigger.openEarlier();
    await expectAccessible(page, "earlier events");
    await earlier.getByRole("button", { name: /^Replay POST \/orders/ }).click();
    await step.expectLog("got POST /orders {'n': 1} replay True http_");
    await step.show("Output");
    await expect(step.root).toContainText("Only shown: no request waits for it.");
  });

  await test.step("while the workflow is closed requests are kept for it", async () => {
    await builder.expectSaved();
    const workflows = await runnel.goToWorkflows();
    for (const n of [2, 3]) expect((await send("/late", { n })).status).toBe(202);
    await expect(workflows.row("Orders")).toContainText("2 requests wait");
    await workflows.open("Orders");
    await step.expectLog("got POST /late {'n': 3} replay False");
    const earlier = await trigger.openEarlier();
    await expect(earlier.getByRole("button", { name: /^Use POST \/late/ })).toHaveCount(2);
    await trigger.closeEarlier();
  });
});

test("a schedule runs the workflow while it is open", async ({ runnel, page }) => {
  const { builder, step } = await runnel.newStep(`def handler(pd: "pipedream"):
    event = pd.steps["trigger"]["event"]
    print("every", event["interval_seconds"], event["timezone_utc"]["iso8601"]["timestamp"][-1])
`);
  const trigger = new TriggerSettings(builder);
  await trigger.choose("Schedule");
  await trigger.every(1);
  await expect(trigger.root.getByText(/^Would be due: .+ · .+ · /)).toBeVisible();
  const on = trigger.root.getByRole("checkbox", { name: "Run on schedule" });
  await on.check();
  await step.expectLog("every 1 Z");
  await expect(trigger.root.getByText(/^Next: /)).toBeVisible();
  await on.uncheck();
  await trigger.root.getByRole("combobox", { name: "Kind of schedule" }).selectOption({ label: "Cron" });
  await trigger.root.getByRole("textbox", { name: "Cron expression" }).fill("61 * * * *");
  await expect(trigger.root.getByRole("alert")).toContainText("no cron expression");
  await expectAccessible(page, "a schedule");
});
