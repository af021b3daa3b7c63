import { expect, test } from "./product.ts";

test.use({ samePage: true });

const last = `def handler(pd: "pipedream"):
    return pd.steps["python"].get("$resume_data", "not resumed")
`;

test("fact 22: delay lets the run wait at the end of its step, through a reload, until Skip or Cancel", async ({
  runnel,
  page,
}) => {
  const { builder, step } = await runnel.newStep(`def handler(pd: "pipedream"):
    urls = pd.flow.delay(60 * 60 * 1000)
    print(sorted(urls), "then the rest of the step")
    return "kept"
`);
  const then = await builder.addCode(
    "python",
    "python_2",
    'def handler(pd: "pipedream"):\n    return pd.steps["python"]["$return_value"] + " in the run"\n',
  );
  await builder.testWorkflow();
  await step.expectStatus(/^Waiting until \d/);
  await step.expectLog("['cancel_url', 'resume_url'] then the rest of the step");
  await expect(step.waiting).toContainText("then 1 step");
  await then.expectStatus("Not tested");

  await test.step("what it waits for keeps nothing else from being tested", async () => {
    await then.test();
    await then.expectStatus("Success");
    await step.expectStatus("Waiting");
  });

  await test.step("a reload", async () => {
    await builder.expectSaved();
    await page.reload();
    await step.expectStatus(/^Waiting until \d/);
    await expect(builder.header.getByRole("button", { name: "1 waiting" })).toBeVisible();
    await step.skipWait();
    await then.expectExport(/\$return_value\s*"kept in the run"/);
    await step.expectStatus("Success");
    await expect(step.root).toContainText(/waited \d/);
    await expect(builder.header.getByRole("button", { name: "waiting" })).toBeHidden();
  });

  await test.step("Cancel, from the header", async () => {
    await step.testAgain();
    await step.expectStatus("Waiting");
    await builder.header.getByRole("button", { name: "1 waiting" }).click();
    const dialog = page.getByRole("dialog", { name: "Runs that wait" });
    await expect(dialog).toContainText("after python");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toBeHidden();
    await step.expectStatus("Success");
    await expect(step.root).toContainText(/cancelled after \d/);
  });
});

test("fact 24: suspend waits for Resume with a JSON body, for a request to resume_url, or for one to cancel_url", async ({
  runnel,
  request,
}) => {
  const { builder, step } = await runnel.newStep(`def handler(pd: "pipedream"):
    urls = pd.flow.suspend()
    print("resume_url", urls["resume_url"], "cancel_url", urls["cancel_url"])
`);
  const then = await builder.addCode("python", "python_2", last);
  await builder.testWorkflow();
  await step.expectStatus("Suspended");
  await step.resumeWait('{"approved": yes}');
  const dialog = runnel.page.getByRole("dialog", { name: "Resume the run" });
  await expect(dialog).toContainText('Line 1, column 14: "yes" is not a value.');
  await dialog.getByLabel("JSON body").fill('{"approved": "by hand"}');
  await dialog.getByRole("button", { name: "Resume" }).click();
  await then.expectExport(/approved\s*"by hand"/);
  await step.expectExport(/approved\s*"by hand"/);
  await expect(step.root).toContainText(/resumed after \d/);

  /** The address that the step's last run was given. */
  const url = async (name: string) => {
    await step.show("Logs");
    return new RegExp(`${name} (http\\S+)`).exec((await step.log.textContent()) ?? "")?.[1] ?? "";
  };

  await test.step("by requests", async () => {
    let ran = await step.watchRunning();
    await builder.testWorkflow();
    await ran();
    await step.expectStatus("Suspended");
    const resumed = await request.post(await url("resume_url"), { data: { approved: "by request" } });
    expect([resumed.status(), (await resumed.text()).trim()]).toEqual([200, "The run goes on."]);
    await then.expectExport(/approved\s*"by request"/);

    ran = await step.watchRunning();
    await step.test();
    await ran();
    await step.expectStatus("Suspended");
    const cancelUrl = await url("cancel_url");
    expect(await (await request.get(cancelUrl)).text()).toContain("The run is cancelled.");
    await step.expectStatus("Success");
    await expect(step.root).toContainText(/cancelled after \d/);
    expect((await request.get(cancelUrl)).status()).toBe(404);
  });
});

test("fact 25: rerun runs the step again, with its count and context, at its time, by Skip and by a request", async ({
  runnel,
  request,
}) => {
  const { builder, step } = await runnel.newStep(`def handler(pd: "pipedream"):
    run = pd.context["run"]
    print("run", run["runs"], run["context"], pd.context["workflow_name"] != "")
    if run["runs"] == 1:
        pd.flow.rerun(1, {"seen": [1]})
    elif run["runs"] == 2:
        pd.flow.rerun(3_600_000, {"seen": run["context"]["seen"] + [2]})
    elif run["runs"] == 3:
        print("at", pd.flow.rerun(3_600_000, None)["resume_url"])
    else:
        return run["callback_request"]["body"]
`);
  const then = await builder.addCode("python", "python_2", 'def handler(pd: "pipedream"):\n    return 1\n');
  await builder.testWorkflow();
  await step.expectStatus("Runs again at");
  await step.expectLog("run 2 {'seen': [1]} True");
  await expect(step.waiting).toContainText("run 3 of 11 at most");
  await step.skipWait();
  await step.expectLog("run 3 {'seen': [1, 2]}");
  await step.expectStatus("Runs again at");
  await then.expectStatus("Not tested");
  const url = /at (http\S+)/.exec((await step.log.textContent()) ?? "")?.[1] ?? "";
  await request.post(url, { data: { job: "done" } });
  await step.expectExport(/job\s*"done"/);
  await then.expectStatus("Success");
});
