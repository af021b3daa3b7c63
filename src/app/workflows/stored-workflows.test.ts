import { beforeEach, describe, expect, test, vi } from "vitest";
import { createNetworkPolicies, type NetworkPolicies } from "../../runs/index.ts";
import { openMemoryStorage, type Storage, type WorkflowRepository } from "../../storage/index.ts";
import { newWorkflow, setName, workflowCodec } from "../../workflow/index.ts";
import { createStored, duplicateStored, editStored, loadStored, storeImported } from "./stored-workflows.ts";

let repository: WorkflowRepository;
let policies: NetworkPolicies;
let storage: Storage;
beforeEach(async () => {
  storage = await openMemoryStorage({ workflowCodec });
  repository = storage.workflows;
  policies = createNetworkPolicies({ repository: storage.networkPolicies, onStoreFailure: () => {} });
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
  await duplicateStored(repository, policies, workflow.id);
  const second = await duplicateStored(repository, policies, workflow.id);
  await duplicateStored(repository, policies, second.id);
  expect(await names()).toEqual(["Report", "Report (copy 2)", "Report (copy 3)", "Report (copy)"]);
});

test("a copy may do what its original may, and no more", async () => {
  const { id } = await storeImported(repository, policies, newWorkflow());
  policies.of(id).getState().setHost("api.example", null, "allow");
  await vi.waitFor(async () => expect((await storage.networkPolicies.get(id))?.hosts).toHaveLength(1));
  const copy = await duplicateStored(repository, policies, id);
  expect(await storage.networkPolicies.get(copy.id)).toMatchObject({
    id: copy.id,
    trusted: false,
    hosts: [{ host: "api.example", decision: "allow" }],
  });
  policies.of(id).getState().setTrusted(true);
  await vi.waitFor(async () => expect((await storage.networkPolicies.get(id))?.trusted).toBe(true));
  expect(await storage.networkPolicies.get(copy.id)).toMatchObject({ trusted: false });
});

describe("a workflow from a file", () => {
  test("is stored beside what is there", async () => {
    await repository.save(newWorkflow({ name: "Report" }), 0);
    await storeImported(repository, policies, newWorkflow({ name: "Report" }));
    expect(await names()).toEqual(["Report", "Report"]);
  });
  test("is not trusted, from before it is stored", async () => {
    const save = vi.spyOn(repository, "save");
    let trustedWhenStored: boolean | undefined;
    save.mockImplementationOnce(async (workflow) => {
      trustedWhenStored = (await storage.networkPolicies.get(workflow.id))?.trusted;
      return { kind: "saved", revision: 1 };
    });
    await storeImported(repository, policies, newWorkflow());
    expect(trustedWhenStored).toBe(false);
  });
  test("is not stored where that can't be stored", async () => {
    vi.spyOn(storage.networkPolicies, "update").mockRejectedValue(new Error("Storage is full."));
    await expect(storeImported(repository, policies, newWorkflow())).rejects.toThrow("is full");
    expect(await names()).toEqual([]);
  });
});
