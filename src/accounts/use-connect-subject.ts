import { useEffect, useState } from "react";
import { type App, loadApp } from "../catalog/index.ts";
import type { AccountSummary } from "./account-store.ts";
import { useAccountServices } from "./context.tsx";

/** What the form is about: an app, and the account that is being changed with what is stored of it. */
export interface ConnectSubject {
  readonly kind: "ready";
  readonly app: App;
  readonly account: AccountSummary | null;
  readonly stored: Readonly<Record<string, string>>;
  /** Why what is stored can't be used, or null. */
  readonly lost: string | null;
}

export type LoadingSubject =
  | ConnectSubject
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string; readonly retry: (() => void) | null };

/** Loads the app's fields, and the account's values where one is changed. */
export function useConnectSubject(slug: string, accountId: string | undefined): LoadingSubject {
  const { store } = useAccountServices();
  const [attempt, setAttempt] = useState(0);
  const [loading, setLoading] = useState<LoadingSubject>({ kind: "loading" });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads again.
  useEffect(() => {
    let isCurrent = true;
    const show = (next: LoadingSubject): void => {
      if (isCurrent) setLoading(next);
    };
    const load = async (): Promise<LoadingSubject> => {
      const app = await loadApp(slug);
      if (accountId === undefined) return { kind: "ready", app, account: null, stored: {}, lost: null };
      const account = await store.getState().find(accountId);
      if (account === null) {
        return {
          kind: "failed",
          message: "This account has been deleted, maybe in another tab.",
          retry: null,
        };
      }
      const read = await store
        .getState()
        .fieldsOf(accountId)
        .then(
          (stored) => ({ stored, lost: null }),
          (error: unknown) => ({ stored: {}, lost: messageOf(error) }),
        );
      return { kind: "ready", app, account, ...read };
    };
    show({ kind: "loading" });
    load().then(show, (error: unknown) => {
      const message = `The form can't be loaded: ${messageOf(error)}`;
      show({ kind: "failed", message, retry: () => setAttempt((count) => count + 1) });
    });
    return () => {
      isCurrent = false;
    };
  }, [slug, accountId, store, attempt]);

  return loading;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
