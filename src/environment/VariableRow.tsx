import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { Badge, Banner, Button, CopyCode, IconButton, Menu, toast } from "../ui/index.ts";
import styles from "./environment.module.css";
import type { EnvironmentStore, VariableSummary } from "./environment-store.ts";
import { useStoredValue } from "./use-stored-value.ts";

interface VariableRowProps {
  readonly store: EnvironmentStore;
  readonly variable: VariableSummary;
  readonly onEdit: () => void;
}

/** One variable: how code reads it, and its value where that is not secret. */
export function VariableRow({ store, variable, onEdit }: VariableRowProps) {
  const { name, secret, description } = variable;
  const stored = useStoredValue(store, variable);

  const attempt = async (done: string, change: () => Promise<void>): Promise<void> => {
    try {
      await change();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      toast(`${name} was not ${done}: ${reason}`, { tone: "bad" });
    }
  };
  const remove = () =>
    attempt("deleted", async () => {
      await store.getState().remove(name);
      toast(`Deleted ${name}`, {
        action: {
          label: "Undo",
          onClick: () => void attempt("brought back", () => store.getState().restore(name)),
        },
      });
    });

  return (
    <li className={styles.variable}>
      <div className={styles.facts}>
        <div className={styles.name}>{name}</div>
        {description !== "" && <div className={styles.description}>{description}</div>}
        <div>
          <CopyCode code={`os.environ["${name}"]`} />
        </div>
      </div>
      <div className={styles.value}>
        {secret ? (
          <>
            <span className={styles.dots}>
              <span aria-hidden>••••••••</span>
            </span>
            <Badge tone="muted">Secret</Badge>
          </>
        ) : (
          <code className={styles.shown}>{stored.kind === "value" ? stored.value : ""}</code>
        )}
      </div>
      <Menu
        trigger={<IconButton label={`Menu of ${name}`} icon={<Ellipsis size={16} />} />}
        items={[
          { label: "Edit", icon: <Pencil size={14} />, onSelect: onEdit },
          { label: "Delete", icon: <Trash2 size={14} />, danger: true, onSelect: () => void remove() },
        ]}
      />
      {stored.kind === "lost" && (
        <div className={styles.wide}>
          <Banner
            tone="warn"
            actions={
              <Button size="s" onClick={onEdit}>
                Set again
              </Button>
            }
          >
            {stored.message}
          </Banner>
        </div>
      )}
    </li>
  );
}
