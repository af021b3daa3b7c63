/** The page believes nothing of a step's code that has the worker's own ports. */
import { PackagesDialog } from "../pages/packages-dialog.ts";
import { expect, test } from "../product.ts";
import { CONTROL_PORT } from "./control-port.ts";

test.use({ samePage: true });

const evil = JSON.stringify([
  {
    name: "evil",
    version: "1",
    sha256: "0".repeat(64),
    filename: "evil-1-py3-none-any.whl",
    source: "https://evil.example/evil-1-py3-none-any.whl",
    asked: ["evil"],
    requires: [],
  },
]);
const poison = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
const failure = (message: string) =>
  `{"status":"failed","error":{"code":"NetworkDenied","type":"PermissionError","message":${JSON.stringify(message)},"line":1,"column":null,"traceback":"PermissionError: evil.example","hint":null,"denied":{"host":"evil.example","port":1},${poison}}}`;

/** Sent as they are over the control port; JSON texts. */
const forged: readonly string[] = [
  "null",
  "1",
  '"ready"',
  "[]",
  "{}",
  '{"type":null}',
  '{"type":"__proto__"}',
  '{"type":"constructor"}',
  `{"type":"unknown",${poison}}`,
  '{"type":"ready","pythonVersion":"6.6.6"}',
  '{"type":"ready","pythonVersion":{"toString":1}}',
  '{"type":"running","id":"1"}',
  '{"type":"done"}',
  '{"type":"done","id":-1,"outcome":"{\\"status\\":\\"success\\",\\"exit\\":null}","heapBytes":1}',
  '{"type":"done","id":0,"outcome":"{","heapBytes":1}',
  '{"type":"output","number":0,"bytes":"x","stretches":[1],"at":1}',
  '{"type":"output","number":1e9,"bytes":{"byteLength":1e12},"stretches":{"length":1e12},"at":1}',
  '{"type":"exports","bytes":{"byteLength":4},"kept":true}',
  '{"type":"exports","json":"{}"}',
  '{"type":"display","head":"{\\"kind\\":\\"html\\"}","parts":["<img src=x onerror=alert(1)>"]}',
  '{"type":"display","head":"null","parts":{"length":1e9}}',
  `{"type":"locked","json":${JSON.stringify(evil)}}`,
  `{"type":"installed","json":${JSON.stringify(evil)}}`,
  `{"type":"locked","json":"[{${poison.replaceAll('"', '\\"')}}]"}`,
  '{"type":"data-store"}',
  '{"type":"data-store","id":{"toString":1},"request":{}}',
  `{"type":"data-store","id":1,"request":"{${poison.replaceAll('"', '\\"')},\\"op\\":\\"clear\\",\\"number\\":1,\\"failures\\":0}"}`,
  '{"type":"data-store","id":1,"request":"{\\"op\\":\\"set\\",\\"key\\":\\"__proto__\\",\\"json\\":\\"1\\",\\"ttl\\":null,\\"number\\":1,\\"failures\\":0}"}',
  '{"type":"phase","text":{"toString":1}}',
  '{"type":"crashed","message":{"toString":1}}',
  '{"type":"boot-failed"}',
  '{"type":"kept","memory":1,"files":1,"packagesJson":"[]"}',
];
/** Sent as if the frame's own worker had something to say to it, or the frame to the page. */
const toFrame: readonly string[] = [
  "null",
  "-1",
  "1e300",
  '"hello"',
  '{"type":"init","files":{}}',
  '{"type":"initialised"}',
  '{"type":"init-failed","message":"forged"}',
  '{"type":"worker-failed","worker":1,"message":"forged"}',
  '{"type":"pending-output","worker":1,"output":{"number":0}}',
  '{"type":"killed","worker":1,"output":null}',
  `{${poison}}`,
];

const program = `${CONTROL_PORT}
FORGED = ${JSON.stringify(forged)}
TO_FRAME = ${JSON.stringify(toFrame)}

def handler(pd: "pipedream"):
    port = control_port()
    for text in FORGED:
        port.postMessage(message(text))
    for text in TO_FRAME:
        js.self.postMessage(message(text))
    print("all sent")
    pd.export("mine", {"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}})
    return "still mine"
`;

test("forged messages change nothing, throw nothing and pollute nothing", async ({ runnel, page }) => {
  const { builder, step } = await runnel.newStep(program);
  await step.test();
  await step.expectStatus("Success");
  await step.expectLog("all sent");
  await step.expectExport(/\$return_value\s*"still mine"/);
  await step.expectExport(/mine/);
  await expect(runnel.pythonStatus).toHaveText("Python ready");
  await expect(page.getByRole("banner")).not.toContainText("6.6.6");
  const packages = new PackagesDialog(page);
  await packages.open();
  await expect(packages.root).not.toContainText("evil");
  await packages.close();
  expect(await page.evaluate(() => [Reflect.get({}, "polluted"), Object.keys(Object.prototype)])).toEqual([
    undefined,
    [],
  ]);
  await builder.expectSaved();
});

test("a step that forges its own end gets no more than its own words below it", async ({ runnel, page }) => {
  const { builder, step } = await runnel.newStep(`${CONTROL_PORT}
def handler(pd: "pipedream"):
    port = control_port()
    for id in range(1, 100):
        port.postMessage(to_js({"type": "done", "id": id, "outcome": ${JSON.stringify(failure("<img src=x onerror=alert(1)> forged"))}, "heapBytes": 1}, dict_converter=js.Object.fromEntries))
    print("went on")
`);
  await step.test();
  await step.expectStatus("Failed");
  await expect(step.error).toContainText("<img src=x onerror=alert(1)> forged");
  await expect(step.error.locator("img")).toHaveCount(0);
  await expect(step.error.getByRole("button", { name: /evil|Network/ })).toHaveCount(0);
  await step.code.set('def handler(pd: "pipedream"):\n    return "next"\n');
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectExport(/"next"/);
  await builder.expectSaved();
  expect(await page.evaluate(() => Reflect.get({}, "polluted"))).toBeUndefined();
});

/** Calls a native function millions of times, without Python in between. */
const flood = (target: string, message: string) => `${CONTROL_PORT}
def handler(pd: "pipedream"):
    print("begins")
    send = js.Function.prototype.bind.call(${target}, ${message})
    many = to_js({"length": 200000}, dict_converter=js.Object.fromEntries)
    while True:
        js.Array.from_(many, send)
`;

test("floods of messages end their Python, and the page goes on painting", async ({ runnel, page }) => {
  const { step } = await runnel.newStep("");
  await page.evaluate(() => {
    const longTasks: number[] = [];
    new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
    }).observe({ type: "longtask" });
    Object.assign(window, { longTasks });
  });
  const painted = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          let frames = 0;
          const count = () => (++frames === 20 ? resolve() : requestAnimationFrame(count));
          count();
        }),
    );

  await test.step("over the control port", async () => {
    await step.code.set(flood("NATIVE, control_port()", 'message(\'{"type":"phase","text":"x"}\')'));
    await step.testAgain();
    await painted();
    await step.expectStatus("Failed");
    await expect(step.error).toContainText("messages that no step may send");
  });
  await test.step("to the frame", async () => {
    await step.code.set(flood("js.self.postMessage, js.self", "1"));
    await step.testAgain();
    await painted();
    await step.expectStatus("Failed");
    await expect(step.error).toContainText("messages that no step may send");
  });
  await test.step("and the next test runs", async () => {
    await step.code.set('def handler(pd: "pipedream"):\n    return "next"\n');
    await step.testAgain();
    await step.expectStatus("Success");
  });
  const longest = await page.evaluate(() => Math.max(0, ...(Reflect.get(window, "longTasks") as number[])));
  process.stdout.write(`Longest task of the page during floods: ${longest} ms\n`);
});
