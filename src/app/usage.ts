import type { Storage } from "../storage/index.ts";

/** Which stored workflows use an account. */
export async function workflowsUsing(
  storage: Storage,
  accountId: string,
): Promise<{ id: string; name: string }[]> {
  const using: { id: string; name: string }[] = [];
  for (const { id } of await storage.workflows.list()) {
    const loaded = await storage.workflows.load(id);
    const workflow = loaded.kind === "ok" || loaded.kind === "newer-version" ? loaded.workflow : null;
    if (workflow?.steps.some((step) => step.apps.some((app) => app.accountId === accountId))) {
      using.push({ id, name: workflow.name });
    }
  }
  return using;
}
