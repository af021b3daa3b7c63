import type { Page } from "@playwright/test";
import { downloadedText } from "./pages/download.ts";
import { expect, test } from "./product.ts";

test("lines show while the step still runs; scrolled back, the log stays where it is", async ({
  runnel,
  web,
}) => {
  const { builder, step } = await runnel.newStep(`import sys
import urllib.request

def handler(pd: "pipedream"):
    for number in range(3000):
        print("line number", number)
    print("to be seen as well", file=sys.stderr)
    print("answer:", urllib.request.urlopen("${web.url}/gate").read().decode())
`);
  await step.test();
  await builder.answerNetwork("Allow");
  await step.expectLog("line number 2999");
  await step.expectLog("to be seen as well");
  await expect(step.log).toContainText(/\d\d:\d\d:\d\d/);
  await step.expectStatus("Running");
  await expect(step.log).not.toContainText("answer:");

  await step.log.press("Home");
  await expect(step.log.getByText("line number 0", { exact: true })).toBeVisible();
  web.openGate();
  await step.expectStatus("Success");
  await expect(step.log.getByText("line number 0", { exact: true })).toBeVisible();
  await expect(step.log).not.toContainText("answer:");
  await step.root.getByRole("button", { name: "Jump to latest" }).click();
  await step.expectLog("answer: open");
});

test("floods of output: the page stays usable, the cap is stated, all of it can be downloaded meanwhile", async ({
  runnel,
  page,
}, info) => {
  const { builder, step } = await runnel.newStep(`import time

def handler(pd: "pipedream"):
    for number in range(300_000):
        print("line number", number)
    print("x" * 50_000_000)
    print("all printed")
    time.sleep(1000)
`);
  await noteLongTasks(page);
  await test.step("300,000 lines and one of 50 MB", async () => {
    await step.test();
    await expect(step.log).toContainText("line number");
    // What is typed while it prints reaches the document.
    await builder.rename("Typed while it printed");
    await step.expectLog("all printed");
    await step.expectStatus("Running");
    await expect(
      step.root.getByText(/^Showing the last [\d,]+ lines of 300,002\. The download has all/),
    ).toBeVisible();
    // The list is virtual: what is drawn stays small whatever was printed.
    expect(await step.log.locator("*").count()).toBeLessThan(2000);

    const all = await downloadedText(page, () =>
      step.root.getByRole("button", { name: "Download log" }).click(),
    );
    const lines = all.trimEnd().split("\n");
    expect(lines).toHaveLength(300_002);
    expect(lines[0]).toBe("line number 0");
    expect(lines[299_999]).toBe("line number 299999");
    expect(lines[300_000]).toHaveLength(50_000_000);
    await step.stopButton.click();
    await step.expectStatus("Stopped");
  });

  await test.step("as fast as it can, without an end", async () => {
    await step.code.set('def handler(pd: "pipedream"):\n    while True:\n        print("again")\n');
    await step.testAgain();
    await step.expectLog("again");
    await builder.rename("Typed in the flood");
    await step.stopButton.click();
    await step.expectStatus("Stopped");
    await step.expectLog("again");
  });

  const { longest, whole } = await longTasks(page);
  const told = `longest task of the page: ${Math.round(longest)} ms, of ${Math.round(whole)} ms`;
  info.annotations.push({ type: "long tasks", description: told });
  process.stdout.write(`Floods of output: ${told}\n`);
  // A share of the whole, so that it holds on any machine: one that can't tell a task from the next has tasks as long as a flood.
  expect(longest).toBeLessThan(Math.max(100, whole / 5));
});

/** From now on, the page's longest task is noted. Not every browser tells of them. */
async function noteLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const noted = { longest: 0, since: performance.now() };
    Reflect.set(window, "longTasks", noted);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) noted.longest = Math.max(noted.longest, duration);
    }).observe({ type: "longtask", buffered: false });
  });
}

/** In milliseconds: the longest task, and how long they were noted. */
async function longTasks(page: Page): Promise<{ readonly longest: number; readonly whole: number }> {
  return page.evaluate(() => {
    const { longest, since } = Reflect.get(window, "longTasks") as { longest: number; since: number };
    return { longest, whole: performance.now() - since };
  });
}
