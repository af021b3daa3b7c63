import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { SecretRule } from "../../runs/index.ts";
import { IconButton, List } from "../../ui/index.ts";
import { useEditor, useNetwork } from "../services.ts";
import { shownHost } from "./host-text.ts";
import styles from "./network.module.css";
import { RemovedRow } from "./RemovedRow.tsx";
import { useRestoredFocus } from "./use-restored-focus.ts";

/** Secrets that may always go to hosts that are none of their app's; a removed one is asked about again. */
export function SecretSection() {
  const { network } = useEditor();
  const secrets = useNetwork((state) => state.secrets);
  const [removed, setRemoved] = useState<readonly SecretRule[]>([]);
  const [restored, setRestored] = useState("");
  const { removeSecret, restoreSecret } = network.getState();
  const keys = new Set(secrets.map(keyOf));
  const gone = removed.filter((rule) => !keys.has(keyOf(rule)));
  const all = [...secrets, ...gone].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return (
    <section className={styles.section} aria-labelledby="network-secrets">
      <h3 id="network-secrets">Secrets sent elsewhere</h3>
      {all.length === 0 ? (
        <p className={styles.none}>
          None. Before a secret of an account goes to a host that is none of its app's, you are asked.
        </p>
      ) : (
        <List frame="dialog" aria-label="Secrets sent elsewhere">
          {all.map((rule) =>
            keys.has(keyOf(rule)) ? (
              <SecretRow
                key={keyOf(rule)}
                rule={rule}
                restored={keyOf(rule) === restored}
                onRemove={() => {
                  removeSecret(rule.secret, rule.host);
                  // Accounts of one app share the name of a secret, and go together.
                  const same = ({ secret, host }: SecretRule) => secret === rule.secret && host === rule.host;
                  setRemoved([...gone, ...secrets.filter(same)]);
                }}
              />
            ) : (
              <RemovedRow
                key={`removed ${keyOf(rule)}`}
                name={nameOf(rule)}
                onUndo={() => {
                  restoreSecret(rule);
                  setRestored(keyOf(rule));
                }}
              />
            ),
          )}
        </List>
      )}
    </section>
  );
}

interface SecretRowProps {
  readonly rule: SecretRule;
  /** Undo has just brought it back. */
  readonly restored: boolean;
  readonly onRemove: () => void;
}

function SecretRow({ rule, restored, onRemove }: SecretRowProps) {
  const row = useRestoredFocus(restored);
  return (
    <li ref={row} className={styles.row}>
      <div className={styles.rowText}>
        <code className={styles.host}>{rule.secret}</code>
        <div className={styles.facts}>
          <span>of {rule.account}</span>
          <span>always sent to {shownHost(rule.host)}</span>
        </div>
      </div>
      <IconButton label={`Remove ${nameOf(rule)}`} size="s" icon={<Trash2 size={14} />} onClick={onRemove} />
    </li>
  );
}

function keyOf({ secret, account, host }: SecretRule): string {
  return JSON.stringify([secret, host, account]);
}

function nameOf({ secret, host }: SecretRule): string {
  return `${secret} for ${shownHost(host)}`;
}
