/** Data stores: facts 27 to 31 of the reference. */
import { expect, test } from "./product.ts";

test.use({ samePage: true });

const everyCall = `def handler(pd: "pipedream"):
    ds = pd.inputs["data_store"]
    # 27
    ds["user"] = {"name": "Ada", "tags": ["a"]}
    assert ds["user"] == ds.get("user") == {"name": "Ada", "tags": ["a"]}
    assert (ds.get("none"), ds.get("none", 5)) == (None, 5)
    try:
        ds["none"]
        raise AssertionError("found")
    except TypeError as error:
        assert type(error) is TypeError
    # 28
    ds["other"] = 1
    assert "user" in ds and "none" not in ds
    del ds["other"]
    assert "other" not in ds
    print("keys:", *ds.keys())
    assert list(ds.items()) == [("user", {"name": "Ada", "tags": ["a"]})]
    # 29
    ds.set("short", 1, ttl=0.2)
    ds.set("stays", 2, ttl=0.2)
    ds.set_ttl("stays", ttl=None)
    import time
    time.sleep(0.4)
    assert "short" not in ds and sorted(ds) == ["stays", "user"] and len(ds) == 2
    # 30
    ds["user"]["tags"].append("b")
    assert ds["user"]["tags"] == ["a"]
    for bad in (lambda: ds.set(1, 2), lambda: ds.set("set", {1})):
        try:
            bad()
            raise AssertionError("stored")
        except TypeError as error:
            print(error)
    for n in range(2500):
        ds[f"n {n:04}"] = n
    assert sum(value for key, value in ds.items() if key.startswith("n ")) == sum(range(2500))
    ds["last"] = "ü🗝"
`;

test("facts 27 to 30: a data store is a dict that stays, whatever the step does after it", async ({
  runnel,
}) => {
  const { builder, step } = await runnel.newStep(everyCall);
  await test.step("a step that has none is told how to attach one", async () => {
    await step.test();
    await step.expectStatus("Failed");
    await expect(step.error).toContainText("Add data store");
  });
  await step.addNewDataStore("Facts");
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectLog("keys: user");
  await step.expectLog('data_store["set"]: set can\'t be stored as JSON.');
  await test.step("another workflow reads it; async code as well", async () => {
    await builder.expectSaved();
    const { step: reader } = await runnel.newStep(
      'import asyncio\n\nasync def handler(pd: "pipedream"):\n    await asyncio.sleep(0)\n    ds = pd.inputs["data_store"]\n    return [ds["last"], len(ds)]\n',
    );
    await reader.addDataStore("Facts");
    await reader.test();
    await reader.expectExport(/0\s*"ü🗝"/);
    await reader.expectExport(/1\s*2503/);
  });
});

test("what a step has written stays when it is stopped or killed", async ({ runnel }) => {
  const { step } = await runnel.newStep(`import time

def handler(pd: "pipedream"):
    ds = pd.inputs["data_store"]
    if "stopped" in ds:
        print("found", *ds.keys())
        ds["killed"] = 1
        print("hangs")
        # No signal reaches a loop inside of C.
        sum(range(10**15))
    ds["stopped"] = 1
    print("sleeps")
    time.sleep(1000)
`);
  await step.addNewDataStore("Stopped");
  for (const [line, found] of [
    ["sleeps", ""],
    ["hangs", "found stopped"],
  ] as const) {
    await step.testAgain();
    await step.expectLog(line);
    await step.expectLog(found);
    await step.stopButton.click();
    await step.expectStatus("Stopped");
  }
  await step.code.set('def handler(pd: "pipedream"):\n    return [*pd.inputs["data_store"]]\n');
  await step.testAgain();
  await step.expectStatus("Success");
  await step.expectExport(/0\s*"killed"/);
  await step.expectExport(/1\s*"stopped"/);
});
