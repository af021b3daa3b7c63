import { beforeEach, describe, expect, test, vi } from "vitest";
import { openMemoryStorage, type WorkflowRepository } from "../../storage/index.ts";
import { exportWorkflow, newWorkflow, setName, workflowCodec } from "../../workflow/index.ts";
import { createStored, duplicateStored, editStored, importFile, loadStored } from "./stored-workflows.ts";

let repository: WorkflowRepository;
beforeEach(async () => {
  repository = (await openMemoryStorage({ workflowCodec })).workflows;
});
const names = async () => (await repository.list()).map(({ name }) => name).sort();

test("an edit lands on top of what another tab stores meanwhile", async () => {
  const { id } = await createStored(repository);
  const load = repository.load;
  vi.spyOn(repository, "load").mockImplementationOnce(async (which) => {
    const loaded = await load(which);
    if (loaded.kind === "ok")
      await repository.save({ ...loaded.workflow, settings: { timeLimitSeconds: 99 } }, loaded.revision);
    return loaded;
  });
  await editStored(repository, id, (workflow) => setName(workflow, "New"));
  expect(await loadStored(repository, id)).toMatchObject({ name: "New", settings: { timeLimitSeconds: 99 } });
});

test("an edit of what is gone says so", async () => {
  await expect(editStored(repository, "gone", (workflow) => workflow)).rejects.toThrow(
    "deleted in another tab",
  );
});

test("an edit tells why it could not be stored", async () => {
  const { id } = await createStored(repository);
  const failure = { kind: "failed", reason: "quota", message: "Storage is full." } as const;
  vi.spyOn(repository, "save").mockResolvedValue(failure);
  await expect(editStored(repository, id, (workflow) => setName(workflow, "New"))).rejects.toThrow("is full");
});

test("copies get names of their own", async () => {
  const workflow = newWorkflow({ name: "Report" });
  await repository.save(workflow, 0);
  await duplicateStored(repository, workflow.id);
  const second = await duplicateStored(repository, workflow.id);
  await duplicateStored(repository, second.id);
  expect(await names()).toEqual(["Report", "Report (copy 2)", "Report (copy 3)", "Report (copy)"]);
});

describe("importFile", () => {
  test("stores what was exported beside what is there", async () => {
    const workflow = newWorkflow({ name: "Report" });
    await repository.save(workflow, 0);
    await importFile(repository, new File([exportWorkflow(workflow)], "report.json"));
    expect(await names()).toEqual(["Report", "Report"]);
  });
  test("names the file that it can't read", async () => {
    await expect(importFile(repository, new File(["{"], "holiday.json"))).rejects.toThrow(/^holiday\.json: /);
  });
});
