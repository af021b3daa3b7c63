import { useEffect, useState } from "react";
import type { EnvironmentStore, VariableSummary } from "./environment-store.ts";

/** A variable's value, which stays unknown where it is secret and readable. */
export type StoredValue =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "hidden" }
  | { readonly kind: "lost"; readonly message: string };

/** Reads a visible value, and finds out whether a secret one can still be read. Null: a new variable. */
export function useStoredValue(store: EnvironmentStore, variable: VariableSummary | null): StoredValue {
  const [stored, setStored] = useState<StoredValue>({ kind: "hidden" });

  useEffect(() => {
    if (variable === null) return;
    let isCurrent = true;
    const show = (next: StoredValue): void => {
      if (isCurrent) setStored(next);
    };
    store
      .getState()
      .readValue(variable.name)
      .then(
        (value) => show(variable.secret ? { kind: "hidden" } : { kind: "value", value }),
        (error: unknown) =>
          show({ kind: "lost", message: error instanceof Error ? error.message : String(error) }),
      );
    return () => {
      isCurrent = false;
    };
  }, [store, variable]);

  return stored;
}
