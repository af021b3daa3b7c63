import { downloadedText } from "./pages/download.ts";
import { expect, test } from "./product.ts";

test("lines show while the step still runs, stdout and stderr, each with its time", async ({
  runnel,
  web,
}) => {
  const { builder, step } = await runnel.newStep(`import sys
import urllib.request

def handler(pd: "pipedream"):
    print("asking")
    print("to be seen as well", file=sys.stderr)
    print("answer:", urllib.request.urlopen("${web.url}/gate").read().decode())
`);
  await step.test();
  await builder.answerNetwork("Allow");
  await step.expectLog("asking");
  await step.expectLog("to be seen as well");
  await expect(step.log).toContainText(/\d\d:\d\d:\d\d/);
  await step.expectStatus("Running");
  await expect(step.log).not.toContainText("answer:");
  web.openGate();
  await step.expectStatus("Success");
  await step.expectLog("answer: open");
});

test("100,000 lines leave the page responsive, and all of them can be downloaded", async ({
  runnel,
  page,
}) => {
  const { builder, step } = await runnel.newStep(`import time

def handler(pd: "pipedream"):
    for number in range(100_000):
        print("line number", number)
    print("all printed")
    time.sleep(1000)
`);
  await step.test();
  await expect(step.log).toContainText("line number");
  // While it prints and after: typing still reaches the document.
  await builder.rename("Typed while it printed");
  await step.expectStatus("Running");
  await expect(step.log).toContainText("all printed");
  await builder.rename("Typed while it runs");
  // The list is virtual: what is drawn stays small whatever was printed.
  expect(await step.log.locator("*").count()).toBeLessThan(2000);
  await step.stopButton.click();
  await step.expectStatus("Stopped");

  const text = await downloadedText(page, () =>
    step.root.getByRole("button", { name: "Download log" }).click(),
  );
  const lines = text.trimEnd().split("\n");
  expect(lines).toHaveLength(100_001);
  expect(lines[0]).toContain("line number 0");
  expect(lines[99_999]).toContain("line number 99999");
});

test("scrolled back, the log stays where it is until the person jumps to the end", async ({ runnel }) => {
  const { step } = await runnel.newStep(
    'def handler(pd: "pipedream"):\n    for number in range(3000):\n        print("line number", number)\n',
  );
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("line number 2999");
  await step.log.evaluate((log) => log.scrollTo({ top: 0 }));
  await expect(step.log.getByText("line number 0", { exact: true })).toBeVisible();
  await expect(step.log).not.toContainText("line number 2999");
  await step.root.getByRole("button", { name: "Jump to latest" }).click();
  await step.expectLog("line number 2999");
});
