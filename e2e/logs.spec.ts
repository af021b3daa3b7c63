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
  await builder.setTimeLimit(600);
  const tasks = await watchTasks(page);

  await test.step("300,000 lines and one of 50 MB", async () => {
    await tasks.during(async () => {
      await step.test();
      await expect(step.log).toContainText("line number");
      // What is typed while it prints reaches the document.
      await builder.rename("Typed while it printed");
      await step.expectLog("all printed");
    });
    await step.expectStatus("Running");
    await expect(
      step.root.getByText(/^Showing the last [\d,]+ lines of 300,002\. The download has all/),
    ).toBeVisible();
    await expect(step.log.getByRole("button", { name: "… 49,998,500 more characters" })).toBeVisible();
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
    await tasks.during(async () => {
      await step.testAgain();
      await step.expectLog("again");
      await builder.rename("Typed in the flood");
      await step.stopButton.click();
      await step.expectStatus("Stopped");
    });
    await step.expectLog("again");
  });

  const told = `longest task of the page ${Math.round(tasks.longest)} ms, in ${Math.round(tasks.whole)} ms`;
  info.annotations.push({ type: "long tasks", description: told });
  process.stdout.write(`Floods of output: ${told}\n`);
  // A share of the whole, which a busy machine makes longer as well. Without an end to its tasks a page would be near all of it.
  expect(tasks.longest).toBeLessThan(Math.max(100, tasks.whole / 5));
});

/** Notes the page's long tasks while something goes on. Times are in milliseconds. Firefox tells of none. */
async function watchTasks(page: Page) {
  await page.evaluate(() => {
    const durations: number[] = [];
    Reflect.set(window, "longTasks", durations);
    new PerformanceObserver((list) => {
      durations.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask" });
  });
  const noted = { longest: 0, whole: 0 };
  const take = () =>
    page.evaluate(() => ({
      now: performance.now(),
      durations: (Reflect.get(window, "longTasks") as number[]).splice(0),
    }));
  return {
    get longest() {
      return noted.longest;
    },
    get whole() {
      return noted.whole;
    },
    async during(work: () => Promise<void>): Promise<void> {
      const { now: begin } = await take();
      await work();
      const { now: end, durations } = await take();
      noted.longest = Math.max(noted.longest, ...durations);
      noted.whole += end - begin;
    },
  };
}
