import type { Step, Workflow } from "../workflow/index.ts";
import type { Ingredients } from "./fingerprint.ts";

/** Why a result is not what a test would give today. */
export type StaleReason =
  | { readonly kind: "code" | "event" | "data-store" | "older-version" }
  /** Another account was chosen, or the properties of the one that is. */
  | { readonly kind: "account" | "account-fields"; readonly app: string }
  | { readonly kind: "app-added" | "app-removed"; readonly app: string }
  | { readonly kind: "variable"; readonly name: string }
  /** A step above has another result, has none any more, or has one now. */
  | { readonly kind: "result" | "result-gone" | "result-new"; readonly step: string };

/** What differs between what a result was made of and what it would be made of today. */
export function staleReasons(then: Ingredients | null, now: Ingredients, workflow: Workflow): StaleReason[] {
  if (then === null) return [{ kind: "older-version" }];
  const reasons: StaleReason[] = [];
  const isOtherCode = then.code !== now.code || looksUpOthers(then, now, workflow);
  if (isOtherCode) reasons.push({ kind: "code" });
  for (const [app, [account, revision]] of Object.entries(now.apps)) {
    const used = then.apps[app];
    if (used === undefined) reasons.push({ kind: "app-added", app });
    else if (used[0] !== account) reasons.push({ kind: "account", app });
    else if (revision !== null && used[1] !== null && used[1] !== revision)
      reasons.push({ kind: "account-fields", app });
  }
  for (const app of Object.keys(then.apps))
    if (now.apps[app] === undefined) reasons.push({ kind: "app-removed", app });
  reasons.push(...variables(then.variables, now.variables));
  if (then.dataStore !== now.dataStore) reasons.push({ kind: "data-store" });
  if (then.event !== now.event && now.event !== null) reasons.push({ kind: "event" });
  // Where the code is another one, what it reads is its own affair.
  if (!isOtherCode) reasons.push(...above(then, now, workflow));
  return reasons;
}

/** Whether another name stands where a step is looked up. That the step itself is gone is another matter. */
function looksUpOthers(then: Ingredients, now: Ingredients, { steps }: Workflow): boolean {
  return then.lookups.some(
    (looked, index) => looked !== now.lookups[index] && steps.some(({ id }) => id === looked),
  );
}

function variables(then: Ingredients["variables"], now: Ingredients["variables"]): StaleReason[] {
  if (then === null || now === null) return [];
  const names = new Set([...Object.keys(then), ...Object.keys(now)]);
  return [...names].filter((name) => then[name] !== now[name]).map((name) => ({ kind: "variable", name }));
}

function above(then: Ingredients, now: Ingredients, workflow: Workflow): StaleReason[] {
  const names = new Map(workflow.steps.map(({ id, name }: Step) => [id, name]));
  const ids = new Set([...Object.keys(then.above), ...Object.keys(now.above)]);
  return [...ids].flatMap((id): StaleReason[] => {
    const [before, after] = [then.above[id], now.above[id]];
    const step = names.get(id) ?? before?.[0] ?? id;
    if (after === undefined) return [{ kind: "result-gone", step }];
    if (before === undefined) return [{ kind: "result-new", step }];
    return before[1] === after[1] ? [] : [{ kind: "result", step }];
  });
}
