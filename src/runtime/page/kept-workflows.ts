import type { LockedPackage } from "../../lib/locked-package.ts";
import type { WorkflowPackages } from "../protocol.ts";
import { canRestore, canSuspend } from "../shared/engine.ts";

/** Larger ones are not kept, nor used, in bytes: they come from the sandbox. */
const LARGEST = { memory: 256 * 2 ** 20, files: 128 * 2 ** 20 };

/** An interpreter as it was when a workflow's packages had been imported. Only the sandbox ever looks into it. */
export interface KeptPython {
  readonly memory: Blob;
  /** The packages' files. */
  readonly files: Blob;
  /** All that the workflow had: only with these it is of use. */
  readonly packages: readonly LockedPackage[];
}

/** Where they are between visits, one for each workflow. `storage` has it. */
export interface KeptStore {
  get(
    workflowId: string,
    build: string,
  ): Promise<{ readonly key: string; readonly content: KeptPython | null } | null>;
  touch(workflowId: string): Promise<void>;
  put(
    workflowId: string,
    build: string,
    kept: { readonly key: string; readonly content: KeptPython | null },
  ): Promise<void>;
  delete(workflowId: string): Promise<void>;
}

/** Whether this browser can keep any: elsewhere Python's waits are built in other ways at the start, and libraries take them along. */
export function canKeep(): boolean {
  return canSuspend() && canRestore();
}

/** Snapshots fit the build of the runtime and the engine that made them. */
export function buildKey(runtimeVersion: string): string {
  return `${runtimeVersion} ${navigator.userAgent}`;
}

/** Says what a snapshot was made of: with another key the workflow gets a new one. */
export function contentKey({ steps, lock }: WorkflowPackages): string {
  const files = lock.map(({ name, sha256 }) => `${name} ${sha256}`).sort();
  const imports = steps.flatMap(({ code, enabled }) =>
    enabled ? (code.match(/^[ \t]*(?:from|import)[ \t].*$/gm) ?? []).map((line) => line.trim()) : [],
  );
  return JSON.stringify([files, [...new Set(imports)].sort()]);
}

/** What to start a workflow's Python from; null where there is nothing that fits. A store that fails costs only time. */
export async function keptFor(
  store: KeptStore,
  workflowId: string,
  build: string,
): Promise<KeptPython | null> {
  if (!canKeep()) return null;
  const found = await store.get(workflowId, build).catch(() => null);
  if (!found?.content || !isSane(found.content)) return null;
  void store.touch(workflowId).catch(() => {});
  return found.content;
}

export function isSane({ memory, files }: Pick<KeptPython, "memory" | "files">): boolean {
  return (
    memory instanceof Blob &&
    files instanceof Blob &&
    memory.size > 0 &&
    memory.size <= LARGEST.memory &&
    files.size <= LARGEST.files
  );
}
