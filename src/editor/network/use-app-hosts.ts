import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { Workflow } from "../../workflow/index.ts";
import { useEditor, useWorkflow } from "../services.ts";

/** An attached app, and the hosts that it brings along. */
export interface AttachedHosts {
  readonly slug: string;
  readonly name: string;
  /** As the catalogue writes them: lower case, a leading `*.` for any subdomain. */
  readonly hosts: readonly string[];
  /** No step has an account of it: its hosts are not allowed yet. */
  readonly needsAccount: boolean;
}

/** The attached apps, each once in order of first use; null while their hosts are looked up. */
export function useAppHosts(): readonly AttachedHosts[] | null {
  const { appHosts, accounts, catalog } = useEditor();
  const attached = useWorkflow(useShallow(attachedIn));
  // Another value of an account may be another host.
  const known = useStore(accounts, (state) => state.accounts);
  const [found, setFound] = useState<readonly AttachedHosts[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the accounts asks for another reading.
  useEffect(() => {
    let current = true;
    const slugs = [...new Set(attached.map((pair) => pair.split(" ")[0] ?? ""))];
    void appHosts().then((allowed) => {
      if (!current) return;
      setFound(
        slugs.map((slug) => ({
          slug,
          name: catalog.findApp(slug)?.name ?? slug,
          hosts: allowed.find(({ app }) => app === slug)?.hosts ?? [],
          needsAccount: attached.every((pair) => pair === slug || !pair.startsWith(`${slug} `)),
        })),
      );
    });
    return () => {
      current = false;
    };
  }, [appHosts, catalog, attached, known]);
  return found;
}

/** `slack`, `slack ACCOUNT-ID`: flat texts compare cheaply. */
function attachedIn({ steps }: Workflow): string[] {
  const pairs = steps.flatMap((step) =>
    step.apps.map(({ app, accountId }) => (accountId === null ? app : `${app} ${accountId}`)),
  );
  return [...new Set(pairs)];
}
