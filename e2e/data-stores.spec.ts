/** Data stores: facts 27 to 31 of the reference. */

import { expectAccessible } from "./accessible.ts";
import { Runnel } from "./pages/runnel.ts";
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

const writer = (prefix: string) => `def handler(pd: "pipedream"):
    ds = pd.inputs["data_store"]
    for n in range(300):
        ds[f"${prefix} {n:03}"] = {"number": n}
        if n % 50 == 0:
            ds.get(f"${prefix} {n:03}")
`;

test("fact 31: tabs and workflows share a store without losing what others write; it has a page of its own", async ({
  runnel,
  page,
  context,
}) => {
  const { builder, step } = await runnel.newStep(writer("a"));
  await builder.rename("First");
  await step.addNewDataStore("Shared");
  await builder.expectSaved();
  await expectAccessible(page, "a step with a data store");
  const other = new Runnel(await context.newPage());
  const { builder: otherBuilder, step: otherStep } = await other.newStep(writer("b"));
  await otherBuilder.rename("Second");
  await otherStep.addDataStore("Shared");
  await otherBuilder.expectSaved();
  await Promise.all([step.test(), otherStep.test()]);
  await Promise.all([step.expectStatus("Success"), otherStep.expectStatus("Success")]);

  const stores = await runnel.goToDataStores();
  await test.step("one in use can't be deleted", async () => {
    await expect(stores.row("Shared")).toContainText("600 records");
    await expect(stores.row("Shared")).toContainText(/Used by (First, Second|Second, First)/);
    await stores.menu("Shared", "Delete");
    const refusal = page.getByRole("dialog", { name: "Shared is in use" });
    await expect(refusal).toContainText("First");
    await expect(refusal).toContainText("Second");
    await refusal.getByRole("button", { name: "Close", exact: true }).last().click();
    await expectAccessible(page, "data stores");
  });
  const store = await stores.openStore("Shared");
  await test.step("search in keys and values", async () => {
    await expect(store.facts).toHaveText("600 records");
    await store.search.fill("B 0");
    await expect(store.facts).toHaveText("100 records found");
    await store.search.fill(": 77}");
    await expect(store.facts).toHaveText("2 records found");
    await expect(store.row("a 077")).toContainText('{"number": 77}');
    await expectAccessible(page, "records");
    await store.search.fill("");
  });
  await test.step("add and edit: what can't be stored stays as it was typed", async () => {
    await store.add("a 000");
    await store.value.fill("{'typed': 1}");
    await store.save();
    await expect(store.dialog).toContainText("double quotes");
    await store.value.fill('{"typed": 12345678901234567890}');
    await store.save();
    await expect(store.dialog).toContainText("There is a record with this key");
    await store.dialog.getByRole("textbox", { name: "Key" }).fill("a");
    await expectAccessible(page, "the dialog of a record");
    await store.save();
    await expect(store.dialog).toBeHidden();
    await store.editButton("a 001").click();
    await store.value.fill("[1,");
    await store.save();
    await expect(store.value).toHaveValue("[1,");
    await store.value.fill('"edited"');
    await store.dialog.getByLabel("Expires in seconds").fill("1000");
    await store.save();
    await expect(store.row("a 001")).toContainText(/"edited".*in 1\d min/);
  });
  await test.step("delete, with undo", async () => {
    await store.delete("a 002");
    await expect(store.editButton("a 002")).toBeHidden();
    await page.getByRole("button", { name: "Undo" }).last().click();
    await expect(store.editButton("a 002")).toBeVisible();
    await store.delete("a 003");
    await expect(store.facts).toHaveText("600 records");
  });
  await test.step("import says what it would overwrite; export has it all", async () => {
    const question = await store.import(
      "more.json",
      '{"a 004": "imported", "a 005": {"number": 5}, "new": [1.0]}',
    );
    await expect(question).toContainText("1 new record");
    await expect(question.getByRole("list", { name: "would be overwritten" })).toContainText("a 004");
    await question.getByRole("button", { name: "Import" }).click();
    await expect(store.row("a 004")).toContainText('"imported"');
    const text = await store.export();
    const records: { key: string; value: unknown }[] = JSON.parse(text);
    expect(records).toHaveLength(601);
    expect(text).toContain('{"key": "a", "value": {"typed": 12345678901234567890}}');
    expect(text).toContain('{"key": "new", "value": [1.0]}');
  });
  await test.step("a step reads what was typed, and the page follows what a step writes", async () => {
    await otherStep.code.set(`def handler(pd: "pipedream"):
    ds = pd.inputs["data_store"]
    seen = [ds["a"]["typed"], ds["a 001"], ds["new"][0], "a 003" in ds, len(ds)]
    ds.clear()
    ds["left"] = seen
    return seen
`);
    await otherStep.testAgain();
    await otherStep.expectStatus("Success");
    await expect(store.facts).toHaveText("1 record");
    await expect(store.row("left")).toContainText('[12345678901234567890, "edited", 1.0, false, 601]');
  });
  await test.step("it stays over a reload; taken off its steps, it can be deleted", async () => {
    await page.reload();
    await expect(store.row("left")).toBeVisible();
    await other.page.close();
    for (const name of ["First", "Second"]) {
      const opened = await (await runnel.goToWorkflows()).open(name);
      await opened.step("python").dataStoreMenu("Remove data store");
      await opened.expectSaved();
    }
    const again = await runnel.goToDataStores();
    await again.menu("Shared", "Delete");
    const question = page.getByRole("dialog", { name: "Delete Shared?" });
    await expect(question).toContainText("1 record");
    await question.getByRole("button", { name: "Delete data store" }).click();
    await expect(again.row("Shared")).toBeHidden();
  });
});
