import { useState } from "react";
import { useStore } from "zustand";
import { ConnectDialog } from "../../accounts/index.ts";
import { findApp } from "../../catalog/index.ts";
import { AppIcon, Button } from "../../ui/index.ts";
import { useServices } from "../services.ts";
import styles from "./import.module.css";
import type { AccountChoices } from "./imports.ts";

export interface AccountChoicesFormProps {
  /** Slugs of the apps that want an account. */
  readonly apps: readonly string[];
  readonly chosen: AccountChoices;
  readonly onChoose: (chosen: AccountChoices) => void;
}

/** Asks which account each app gets; none is given unless a person chooses it. */
export function AccountChoicesForm({ apps, chosen, onChoose }: AccountChoicesFormProps) {
  const { accounts: store } = useServices();
  const accounts = useStore(store, (state) => state.accounts);
  const [connecting, setConnecting] = useState<string | null>(null);
  const choose = (app: string, id: string | null) => onChoose(new Map(chosen).set(app, id));
  return (
    <fieldset className={styles.accounts}>
      <legend>Apps and accounts</legend>
      {apps.map((slug) => {
        const app = findApp(slug);
        const name = app?.name ?? slug;
        return (
          <div key={slug} className={styles.account}>
            {app && <AppIcon name={app.name} color={app.color} iconPath={app.iconPath} size={20} />}
            <span className={styles.app}>{name}</span>
            {app === undefined ? (
              <span className={styles.count}>not in this catalogue</span>
            ) : (
              <>
                <select
                  className={styles.select}
                  aria-label={`${name} account`}
                  value={chosen.get(slug) ?? ""}
                  onChange={({ target }) => choose(slug, target.value === "" ? null : target.value)}
                >
                  <option value="">Choose later</option>
                  {accounts
                    .filter((account) => account.app === slug)
                    .map((account) => (
                      <option key={account.id} value={account.id}>
                        {account.name}
                      </option>
                    ))}
                </select>
                <Button size="s" onClick={() => setConnecting(slug)}>
                  Connect {name}
                </Button>
              </>
            )}
          </div>
        );
      })}
      {connecting !== null && (
        <ConnectDialog
          app={connecting}
          open
          onOpenChange={(open) => !open && setConnecting(null)}
          onConnected={({ id }) => choose(connecting, id)}
        />
      )}
    </fieldset>
  );
}
