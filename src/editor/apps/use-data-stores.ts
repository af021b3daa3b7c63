import { useStore } from "zustand";
import { attachDataStore, detachDataStore } from "../../workflow/index.ts";
import { useEditor } from "../services.ts";

/** The data stores there are, and the ways to attach one to a step. */
export function useDataStores(stepId: string) {
  const { document, dataStores } = useEditor();
  const { stores, loaded } = useStore(dataStores);
  const { apply } = document.getState();
  return {
    stores,
    loaded,
    choose: (id: string | null) => apply((workflow) => attachDataStore(workflow, stepId, id)),
    remove: () => apply((workflow) => detachDataStore(workflow, stepId)),
  };
}
