import type { Storage } from "../storage/index.ts";
import type { Step } from "../workflow/index.ts";

/** Which stored workflows have a step that uses an account, for instance. */
export async function workflowsUsing(
  storage: Storage,
  uses: (step: Step) => boolean,
): Promise<{ id: string; name: string }[]> {
  const using: { id: string; name: string }[] = [];
  for (const { id } of await storage.workflows.list()) {
    const loaded = await storage.workflows.load(id);
    const workflow = loaded.kind === "ok" || loaded.kind === "newer-version" ? loaded.workflow : null;
    if (workflow?.steps.some(uses)) {
      using.push({ id, name: workflow.name });
    }
  }
  return using;
}
