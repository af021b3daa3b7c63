/** Stop and the time limit end whatever a step does; what it printed stays, and the next Test works. */
import type { Builder } from "./pages/builder.ts";
import type { StepCard } from "./pages/step-card.ts";
import { expect, test } from "./product.ts";

/** Bodies of steps that never end by themselves, each in another way. All of them print "started". */
const endless: Readonly<Record<string, string>> = {
  "a busy loop": `print("started")
while True:
    pass`,
  "time.sleep": `import time
print("started")
time.sleep(1000)`,
  "a receive that nobody answers": `import socket
connection = socket.create_connection(("127.0.0.1", SILENT))
print("started")
connection.recv(1)`,
  "an await in an async library": `import asyncio
print("started")
asyncio.get_event_loop().run_until_complete(asyncio.sleep(1000))`,
  "catastrophic backtracking": `import re
print("started")
re.match("(a+)+$", "a" * 50 + "b")`,
  "allocating 10 GB piece by piece": `print("started")
held = []
while sum(map(len, held)) < 10 * 2**30:
    held.append(bytes(2**16))`,
  // Its thread comes back to nothing that could send the last of the lines.
  "a loop inside of C": `for number in range(200):
    print("line", number)
print("started")
sum(range(10**15))`,
  "printing for ever": `while True:
    print("started")`,
  "code that catches everything": `print("started")
while True:
    try:
        while True:
            pass
    except BaseException:
        pass`,
  "code that prints and catches everything": `while True:
    try:
        while True:
            print("started")
    except BaseException:
        pass`,
};

const cases = Object.entries(endless);

function handler(body: string, silentPort = 0): string {
  const lines = body.replace("SILENT", String(silentPort)).split("\n");
  return `def handler(pd: "pipedream"):\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

async function allow({ networkAccess }: Builder, port: number): Promise<void> {
  await networkAccess.open();
  await networkAccess.add(`127.0.0.1:${port}`);
  await networkAccess.close();
}

/** Tests other code in a step, and sees its log begin. */
async function begin(step: StepCard, code: string): Promise<void> {
  await step.code.set(code);
  await step.testAgain();
  await step.expectLog("started");
}

async function expectNextTest(step: StepCard, name: string): Promise<void> {
  await step.code.set(handler(`print("the next one, after ${name}")`));
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
  await allow(builder, silent.port);
  for (const [name, body] of cases) {
    await test.step(name, async () => {
      await begin(step, handler(body, silent.port));
      await step.stopButton.click();
      await step.expectStatus("Stopped");
      await step.expectLog("started");
      await expect.poll(() => silent.open()).toBe(0);
      await expectNextTest(step, name);
    });
  }
});

test("the time limit ends every kind of endless step, too", async ({ runnel, silent }) => {
  const { builder, step } = await runnel.newStep("");
  await allow(builder, silent.port);
  await builder.setTimeLimit(1);
  for (const [name, body] of cases) {
    await test.step(name, async () => {
      await begin(step, handler(body, silent.port));
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
    handler(`print("started")\n${marked}\ntextwrap.TextWrapper.mark = True\nbytearray(10 * 2**30)`),
  );
  await step.expectStatus("Failed · OverflowError");
  await expect(step.error).toContainText("2 GB for one value");
  await step.code.set(handler(`${marked}\nheld = [bytes(2**31 - 2**16) for _ in range(5)]`));
  await step.testAgain();
  await step.expectStatus("Failed · MemoryError");
  await expect(step.error).toContainText("at most 4 GB of memory");
  // Nothing had grown before.
  await step.expectLog("fresh: False");
  await step.code.set(handler(marked));
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("fresh: True");
});

test("Stop in the middle of a workflow keeps later steps from running", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    handler('import time\nprint("waiting")\ntime.sleep(1000)'),
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
    "import sys\nsys.setrecursionlimit(10**9)\ndef deeper():\n    deeper()\ndeeper()",
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
      await begin(step, handler(`print("started")\n${body}`));
      await step.expectStatus("Failed · RuntimeCrashed");
      await expect(step.error).toContainText(message);
      await expect(step.error).toContainText("The next test starts a fresh Python.");
      await expectNextTest(step, name);
    });
  }
});
