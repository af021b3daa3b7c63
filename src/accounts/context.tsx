import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { AccountState, AccountStore } from "./account-store.ts";
import type { TestConnection } from "./test-connection.ts";

/** A workflow that uses an account. */
export interface AccountUse {
  readonly id: string;
  readonly name: string;
  /** Path within the app at which it opens, if it can be linked to. */
  readonly href?: string | undefined;
}

export interface AccountServices {
  readonly store: AccountStore;
  readonly testConnection: TestConnection;
  /** The workflows that use the account. */
  readonly usageOf: (accountId: string) => Promise<readonly AccountUse[]>;
}

const Context = createContext<AccountServices | null>(null);

/** Gives the page and the dialogs of this room what they work with. */
export function AccountsProvider({
  children,
  ...services
}: AccountServices & { readonly children: ReactNode }) {
  return <Context value={services}>{children}</Context>;
}

/** @throws Error outside of an `AccountsProvider`. */
export function useAccountServices(): AccountServices {
  const services = useContext(Context);
  if (services === null) throw new Error("Accounts are used below AccountsProvider only.");
  return services;
}

/** The accounts as they are now, and what can be done with them. */
export function useAccounts(): AccountState {
  return useStore(useAccountServices().store);
}
