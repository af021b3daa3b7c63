/** Stop and the time limit end whatever a step does; what it printed stays, and the next Test works. */
import { endlessKinds, endlessStep, handlerOf } from "./endless.ts";
import { manyStops } from "./many-stops.ts";
import type { StepCard } from "./pages/step-card.ts";
import { testAndStop } from "./pages/test-and-stop.ts";
import { expect, test } from "./product.ts";

test.use({ samePage: true });

/** Tests other code in a step, and sees its log begin. */
async function begin(step: StepCard, code: string, word = "started"): Promise<void> {
  await step.code.set(code);
  await step.testAgain();
  await step.expectLog(word);
}

async function expectNextTest(step: StepCard, name: string): Promise<void> {
  await step.code.set(handlerOf(`print("the next one, after ${name}")`));
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog(`the next one, after ${name}`);
  await expect(step.log).not.toContainText("started");
}

test("Stop ends every kind of endless step; its logs stay and the next Test works", async ({
  runnel,
  silent,
}) => {
  const { builder, step } = await runnel.newStep("");
  await runnel.allowAllHosts(builder);
  // The next Test after each kind is that of the kind after it.
  let before = "nothing yet";
  for (const kind of endlessKinds) {
    await test.step(kind, async () => {
      const word = `started ${kind}`;
      await begin(step, endlessStep(kind, silent.port, word), word);
      await expect(step.log).not.toContainText(before);
      await step.stopButton.click();
      await step.expectStatus("Stopped");
      await step.expectLog(word);
      await expect.poll(() => silent.open()).toBe(0);
      before = word;
    });
  }
  await expectNextTest(step, "all of them");
});

test("the time limit ends what can be interrupted, what sleeps and what has to be killed", async ({
  runnel,
  silent,
}) => {
  const { builder, step } = await runnel.newStep("");
  await runnel.allowAllHosts(builder);
  await builder.setTimeLimit(1);
  for (const kind of [
    "a busy loop",
    "time.sleep",
    "a loop inside of C",
    "code that catches everything",
  ] as const) {
    await test.step(kind, async () => {
      await begin(step, endlessStep(kind, silent.port));
      await step.expectStatus("Failed · Timeout");
      await step.expectLog("started");
      await expect.poll(() => silent.open()).toBe(0);
    });
  }
  await expectNextTest(step, "all of them");
});

test("running out of memory is told as that, and the next Test has a fresh Python", async ({ runnel }) => {
  const marked = 'import textwrap\nprint("fresh:", not hasattr(textwrap.TextWrapper, "mark"))';
  const { step } = await runnel.newStep("");
  await begin(
    step,
    handlerOf(`print("started")\n${marked}\ntextwrap.TextWrapper.mark = True\nbytearray(10 * 2**30)`),
  );
  await step.expectStatus("Failed · OverflowError");
  await expect(step.error).toContainText("2 GB for one value");
  await step.code.set(handlerOf(`${marked}\nheld = [bytes(2**31 - 2**16) for _ in range(5)]`));
  await step.testAgain();
  await step.expectStatus("Failed · MemoryError");
  await expect(step.error).toContainText("at most 4 GB of memory");
  // Nothing had grown before.
  await step.expectLog("fresh: False");
  await step.code.set(handlerOf(marked));
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("fresh: True");
});

test("Stop in the middle of a workflow keeps later steps from running", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    handlerOf('import time\nprint("waiting")\ntime.sleep(1000)'),
  );
  const second = await builder.addCode("python", "python_2");
  await builder.testWorkflow();
  await first.expectLog("waiting");
  await first.stopButton.click();
  await first.expectStatus("Stopped");
  await second.expectStatus("Not tested");
  await expect(builder.testWorkflowButton).toBeEnabled();
});

/** What interpreters die of, and what is said of it. */
const deaths: Readonly<Record<string, readonly [body: string, message: RegExp]>> = {
  "recursion without end": [
    "import sys\nsys.setrecursionlimit(10**9)\nclass Endless:\n    def __repr__(self):\n        return repr(self)\nrepr(Endless())",
    /deeper than the browser's stack/,
  ],
  "os.abort": ["import os\nos.abort()", /fault in native code/],
  "memory that isn't there": ["import ctypes\nctypes.string_at(2**32 - 16, 10)", /fault in native code/],
  "os._exit": ["import os\nos._exit(3)", /ended Python itself/],
};

test("a crash of Python is reported as such, and the next Test has a fresh one", async ({ runnel }) => {
  const { step } = await runnel.newStep("");
  for (const [name, [body, message]] of Object.entries(deaths)) {
    await test.step(name, async () => {
      await step.code.set(handlerOf(body));
      await step.testAgain();
      await step.expectStatus("Failed · RuntimeCrashed");
      await expect(step.error).toContainText(message);
      await expect(step.error).toContainText("The next test starts a fresh Python.");
      await expectNextTest(step, name);
    });
  }
});

test("Stop ends a step whose frame is gone, as where its process was ended; the next Test has another", async ({
  runnel,
  page,
}) => {
  const { step } = await runnel.newStep("");
  await begin(step, handlerOf('print("started")\nwhile True:\n    pass'));
  await page.evaluate(() => document.querySelector('iframe[title="Python"]')?.remove());
  await step.stopButton.click();
  await step.expectStatus("Stopped");
  await step.expectLog("started");
  await expect(page.locator('iframe[title="Python"]')).toHaveCount(1);
  await expectNextTest(step, "that");
});

test("50 stops leave nothing behind", async ({ runnel, page, browserName }) => {
  test.skip(browserName !== "chromium", "Other browsers don't tell what a page holds.");
  const { step } = await runnel.newStep("");
  const { before, after } = await manyStops(page, step);
  expect(after.bytes / before.bytes).toBeLessThan(1.1);
  expect(after.objects / before.objects).toBeLessThan(1.1);
});

test("Stop is heard whenever it comes", async ({ runnel, silent, page }) => {
  const busy = handlerOf('print("started")\nwhile True:\n    pass');
  const { builder, step } = await runnel.newStep(busy);

  await test.step("while Python starts, and at once after Test, pressed twice", async () => {
    await page.reload();
    await expect(step.testButton).toBeEnabled();
    const delays = [0, 0, 0, 2, 5, 10, 15, 20, 25, 30, 40];
    const rounds = await testAndStop(
      step.root,
      delays.map((stopAfter) => ({ stopAfter, presses: 2 })),
    );
    expect(rounds.map(({ status }) => status)).toEqual(delays.map(() => "Stopped"));
    await expectNextTest(step, "early stops");
  });

  await test.step("while a question is asked", async () => {
    await step.code.set(handlerOf(`import socket\nsocket.create_connection(("127.0.0.1", ${silent.port}))`));
    await step.testAgain();
    await builder.networkDialog.getByRole("button", { name: "Stop the run" }).click();
    await step.expectStatus("Stopped");
    await expect(builder.networkDialog).toBeHidden();
    await expectNextTest(step, "a question");
  });

  await test.step("when another workflow is opened", async () => {
    await builder.rename("Left while it ran");
    await begin(step, busy);
    const other = await (await runnel.goToWorkflows()).create();
    const another = await other.addCode("trigger", "python", handlerOf('print("elsewhere")'));
    await another.testAgain();
    await another.expectStatus("Success");
    await another.expectLog("elsewhere");
    await (await runnel.goToWorkflows()).open("Left while it ran");
    await step.expectStatus("Stopped");
    await step.expectLog("started");
  });

  await test.step("when its workflow is closed and opened again at once", async () => {
    await begin(step, handlerOf(`print("started")\nsum(range(10**15))`));
    await (await runnel.goToWorkflows()).open("Left while it ran");
    await step.testAgain();
    await step.expectLog("started");
    await step.stopButton.click();
    await step.expectStatus("Stopped");
  });

  await test.step("when the tab is closed", async () => {
    await step.code.set(endlessStep("a receive that nobody answers", silent.port));
    await step.test();
    await builder.answerNetwork("Allow");
    await step.expectLog("started");
    expect(silent.open()).toBe(1);
    await page.close();
    await expect.poll(() => silent.open()).toBe(0);
  });
});
