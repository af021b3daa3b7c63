import type { StaleReason } from "../../runs/index.ts";
import { useEditor } from "../services.ts";
import { staleText } from "./stale-text.ts";

/** Why the step's result is stale, for people; empty where it isn't. */
export function useStaleNote(reasons: readonly StaleReason[]): string {
  const { catalog } = useEditor();
  return staleText(reasons, (slug) => catalog.findApp(slug)?.name ?? slug);
}
