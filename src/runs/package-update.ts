import type { RuntimeRun, StepError, StepOutcome, WorkflowPackages } from "../runtime/index.ts";
import type { LockedPackage, Workflow } from "../workflow/index.ts";

/** What became of *Update packages*. */
export type PackageUpdate =
  | { readonly kind: "updated"; readonly changes: readonly PackageChange[] }
  | { readonly kind: "failed"; readonly error: StepError }
  | { readonly kind: "stopped" };

/** One package whose version or file is another one now; null: it was not there, or is there no more. */
export interface PackageChange {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A workflow's packages as the runtime gets them. */
export function packagesOf({ steps, packages }: Workflow): WorkflowPackages {
  return { steps: steps.map(({ name, code, enabled }) => ({ name, code, enabled })), lock: packages };
}

/** Resolves a workflow's packages anew, in a run that was begun without any. Gives those that hold from then on. */
export async function resolveAnew(
  run: RuntimeRun,
  onPhase: (text: string) => void,
): Promise<{ readonly outcome: StepOutcome; readonly packages: readonly LockedPackage[] }> {
  let packages: readonly LockedPackage[] = [];
  const outcome = await run.installAll((event) => {
    if (event.type === "phase") onPhase(event.text);
    else if (event.type === "locked") packages = event.packages;
  });
  return { outcome, packages };
}

/** What differs, by name. The same version in another file counts too. */
export function changesBetween(
  before: readonly LockedPackage[],
  after: readonly LockedPackage[],
): readonly PackageChange[] {
  const old = new Map(before.map((entry) => [entry.name, entry]));
  const now = new Map(after.map((entry) => [entry.name, entry]));
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name) => {
    const from = old.get(name);
    const to = now.get(name);
    if (from?.sha256 === to?.sha256) return [];
    return [{ name, from: from?.version ?? null, to: to?.version ?? null }];
  });
}
