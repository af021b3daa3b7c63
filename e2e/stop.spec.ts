import { expect, test } from "./product.ts";

/** Steps that would never end by themselves, each in another way. */
const endless = {
  "a busy loop": `print("started", flush=True)
    while True:
        pass`,
  "time.sleep": `import time
    print("started")
    time.sleep(1000)`,
  "a receive that nobody answers": `import socket
    connection = socket.create_connection(("127.0.0.1", SILENT))
    print("started")
    connection.recv(1)`,
  "code that catches everything": `print("started", flush=True)
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass`,
  "an await in an async library": `import asyncio
    print("started")
    asyncio.get_event_loop().run_until_complete(asyncio.sleep(1000))`,
};

for (const [name, body] of Object.entries(endless)) {
  test(`Stop ends ${name}; its logs stay and the next Test works`, async ({ runnel, silent }) => {
    const { builder, step } = await runnel.newStep(
      `def handler(pd: "pipedream"):\n    ${body.replace("SILENT", String(silent.port))}\n`,
    );
    await step.test();
    if (body.includes("SILENT")) await builder.answerNetwork("Allow");
    await step.expectStatus("Running");
    await step.expectLog("started");
    await step.stopButton.click();
    await step.expectStatus("Stopped");
    await step.expectLog("started");
    await expect.poll(() => silent.open()).toBe(0);

    await step.code.set('def handler(pd: "pipedream"):\n    print("the next one")\n');
    await step.testAgain();
    await step.expectStatus("Success");
    await step.expectLog("the next one");
    await expect(step.log).not.toContainText("started");
  });
}

test("Stop in the middle of a workflow keeps later steps from running", async ({ runnel }) => {
  const builder = await runnel.newWorkflow();
  const first = await builder.addCode(
    "trigger",
    "python",
    'import time\n\ndef handler(pd: "pipedream"):\n    print("waiting")\n    time.sleep(1000)\n',
  );
  const second = await builder.addCode("python", "python_2");
  await builder.testWorkflow();
  await first.expectLog("waiting");
  await first.stopButton.click();
  await first.expectStatus("Stopped");
  await second.expectStatus("Not tested");
  await expect(builder.testWorkflowButton).toBeEnabled();
});

test("the time limit ends code that catches everything, too", async ({ runnel }) => {
  const { builder, step } = await runnel.newStep(
    `def handler(pd: "pipedream"):\n    ${endless["code that catches everything"]}\n`,
  );
  await builder.setTimeLimit(1);
  await step.test();
  await step.expectStatus("Failed · Timeout");
  await step.expectLog("started");
});
