import type { AccountStore } from "../accounts/index.ts";
import type { EnvironmentStore } from "../environment/index.ts";
import type { Revisions } from "../runs/index.ts";

/** Revisions of all accounts and environment variables, as their stores know them. */
export function revisionsOf(accounts: AccountStore, environment: EnvironmentStore): Revisions {
  return {
    account: (id) => accounts.getState().accounts.find((account) => account.id === id)?.revision ?? null,
    variables() {
      const { loaded, variables } = environment.getState();
      return loaded ? Object.fromEntries(variables.map(({ name, revision }) => [name, revision])) : null;
    },
    onChange(listener) {
      const stops = [
        accounts.subscribe((state, before) => state.accounts !== before.accounts && listener()),
        environment.subscribe((state, before) => state.variables !== before.variables && listener()),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
