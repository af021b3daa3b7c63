import { useMemo } from "react";
import { downloadText, fileNameOf } from "../../lib/download.ts";
import type { WorkflowRepository, WorkflowSummary } from "../../storage/index.ts";
import { toast } from "../../ui/index.ts";
import { exportWorkflow, setName } from "../../workflow/index.ts";
import { messageOf } from "./message-of.ts";
import {
  createStored,
  duplicateStored,
  editStored,
  exportAllStored,
  loadRaw,
  loadStored,
  type NewcomerPolicies,
} from "./stored-workflows.ts";
import type { WaitingRequests } from "./waiting-requests.ts";

export interface WorkflowActions {
  create(): Promise<void>;
  /** Rejects where it failed. */
  rename(id: string, name: string): Promise<void>;
  duplicate(workflow: WorkflowSummary): Promise<void>;
  exportToFile(workflow: WorkflowSummary): Promise<void>;
  downloadRaw(workflow: WorkflowSummary): Promise<void>;
  /** Deletes it and offers to undo that. */
  remove(workflow: WorkflowSummary): Promise<void>;
  /** All that can be read, in one file. */
  exportAll(): Promise<void>;
}

/** What the list does, with its failures told. */
export function useWorkflowActions(
  repository: WorkflowRepository,
  policies: NewcomerPolicies,
  onOpen: (id: string) => void,
  requests?: Pick<WaitingRequests, "farewell">,
): WorkflowActions {
  return useMemo(() => {
    const told = async (what: string, work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        toast(`${what}: ${messageOf(error)}`, { tone: "bad" });
      }
    };
    const save = (name: string, ending: string, text: string) =>
      downloadText(fileNameOf(name, ending), text, "application/json");

    return {
      create: () => told("Not created", async () => onOpen((await createStored(repository)).id)),
      rename: (id, name) => editStored(repository, id, (workflow) => setName(workflow, name)),
      duplicate: ({ id }) =>
        told("Not duplicated", async () => {
          const copy = await duplicateStored(repository, policies, id);
          toast(`Duplicated as “${copy.name}”`, {
            tone: "ok",
            action: { label: "Open", onClick: () => onOpen(copy.id) },
          });
        }),
      exportToFile: ({ id }) =>
        told("Not exported", async () => {
          const workflow = await loadStored(repository, id);
          save(workflow.name, "runnel.json", exportWorkflow(workflow));
        }),
      downloadRaw: ({ id, name }) =>
        told("Not downloaded", async () => save(name, "json", await loadRaw(repository, id))),
      remove: ({ id, name }) =>
        told("Not deleted", async () => {
          const sayFarewell = await requests?.farewell(id);
          await repository.delete(id);
          sayFarewell?.();
          const undo = () => void told("Not restored", () => repository.restore(id));
          toast(`Deleted “${name}”`, { action: { label: "Undo", onClick: undo } });
        }),
      exportAll: () => told("Not exported", () => exportAllStored(repository)),
    };
  }, [repository, policies, onOpen, requests]);
}
