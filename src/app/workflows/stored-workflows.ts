import { downloadText } from "../../lib/download.ts";
import { countOf } from "../../lib/format.ts";
import type { NetworkPolicies } from "../../runs/index.ts";
import type { LoadedWorkflow, WorkflowRepository } from "../../storage/index.ts";
import { toast } from "../../ui/index.ts";
import { duplicateWorkflow, exportWorkflows, newWorkflow, type Workflow } from "../../workflow/index.ts";

/** What a workflow that is not made here may do on the network, said before it is stored. */
export type NewcomerPolicies = Pick<NetworkPolicies, "markUntrusted" | "copy">;

/** What the list does to workflows that are not open. All reject with an `Error` whose message is for people. */

/** Stores a new workflow. */
export function createStored(repository: WorkflowRepository): Promise<Workflow> {
  return store(repository, newWorkflow());
}

/** Edits a workflow where it is stored; when another tab stores it meanwhile, on top of that. */
export async function editStored(
  repository: WorkflowRepository,
  id: string,
  edit: (workflow: Workflow) => Workflow,
): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { workflow, revision } = readable(await repository.load(id));
    const edited = edit(workflow);
    if (edited === workflow) return;
    const result = await repository.save(edited, revision);
    if (result.kind === "saved") return;
    if (result.kind === "failed") throw new Error(result.message);
  }
  throw new Error("Another tab is changing this workflow all the time. Try again there, or when it is done.");
}

/** Stores a copy with a name of its own (`NAME (copy)`, `NAME (copy 2)`) and what its original may do on the network. */
export async function duplicateStored(
  repository: WorkflowRepository,
  policies: NewcomerPolicies,
  id: string,
): Promise<Workflow> {
  const { workflow } = readable(await repository.load(id));
  const names = new Set((await repository.list()).map(({ name }) => name));
  const base = workflow.name.replace(/ \(copy(?: \d+)?\)$/, "");
  let name = `${base} (copy)`;
  for (let number = 2; names.has(name); number += 1) name = `${base} (copy ${number})`;
  const copy = duplicateWorkflow(workflow, name);
  await policies.copy(id, copy.id);
  return store(repository, copy);
}

/** Stores a workflow that came in a file; it is not trusted. */
export async function storeImported(
  repository: WorkflowRepository,
  policies: NewcomerPolicies,
  workflow: Workflow,
): Promise<Workflow> {
  await policies.markUntrusted(workflow.id);
  return store(repository, workflow);
}

/** Hands the person one file with all workflows, and says which of them can't be read and so are not in it. */
export async function exportAllStored(repository: WorkflowRepository): Promise<void> {
  const list = await repository.list();
  const loaded = await Promise.all(list.map(({ id }) => repository.load(id)));
  const workflows = loaded.flatMap((each) => (each.kind === "ok" ? [each.workflow] : []));
  if (workflows.length === 0) throw new Error("There is no workflow to export.");
  const day = new Date().toISOString().slice(0, 10);
  downloadText(`runnel-workflows-${day}.runnel.json`, exportWorkflows(workflows), "application/json");
  const left = list.length - workflows.length;
  toast(
    `Exported ${countOf(workflows.length, "workflow")}${left > 0 ? `; ${left} can't be read and are not in the file` : ""}`,
    { tone: left > 0 ? "warn" : "ok" },
  );
}

/** The workflow as it is stored. */
export async function loadStored(repository: WorkflowRepository, id: string): Promise<Workflow> {
  return readable(await repository.load(id)).workflow;
}

/** The text of what is stored, for a workflow that can't be opened. */
export async function loadRaw(repository: WorkflowRepository, id: string): Promise<string> {
  const loaded = await repository.load(id);
  if (loaded.kind === "corrupt" || loaded.kind === "newer-version") return loaded.raw;
  throw new Error("This workflow can be read: open or export it.");
}

async function store(repository: WorkflowRepository, workflow: Workflow): Promise<Workflow> {
  const result = await repository.save(workflow, 0);
  if (result.kind === "saved") return workflow;
  throw new Error(result.kind === "failed" ? result.message : "A workflow with this id is stored already.");
}

function readable(loaded: LoadedWorkflow): { readonly workflow: Workflow; readonly revision: number } {
  switch (loaded.kind) {
    case "ok":
      return loaded;
    case "missing":
      throw new Error("This workflow is not there any more: it was deleted in another tab.");
    case "newer-version":
      throw new Error(
        "This workflow was written by a newer version of Runnel and is not changed by this one.",
      );
    case "corrupt":
      throw new Error(`This workflow can't be read (${loaded.message}). It is kept as it is.`);
  }
}
