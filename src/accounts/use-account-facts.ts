import { useEffect, useState } from "react";
import type { AccountSummary } from "./account-store.ts";
import { type AccountUse, useAccountServices } from "./context.tsx";

export interface AccountFacts {
  /** The workflows that use it; null until that is known. */
  readonly uses: readonly AccountUse[] | null;
  /** Why its values can't be read, or null. */
  readonly lost: string | null;
}

/** Looks up what the list of accounts does not hold. Looks again when the account changes. */
export function useAccountFacts(account: AccountSummary): AccountFacts {
  const { store, usageOf } = useAccountServices();
  const [facts, setFacts] = useState<AccountFacts>({ uses: null, lost: null });

  useEffect(() => {
    let isCurrent = true;
    const add = (found: Partial<AccountFacts>): void => {
      if (isCurrent) setFacts((facts) => ({ ...facts, ...found }));
    };
    usageOf(account.id).then(
      (uses) => add({ uses }),
      () => add({ uses: null }),
    );
    store
      .getState()
      .fieldsOf(account.id)
      .then(
        () => add({ lost: null }),
        (error: unknown) => add({ lost: error instanceof Error ? error.message : String(error) }),
      );
    return () => {
      isCurrent = false;
    };
  }, [store, usageOf, account]);

  return facts;
}
