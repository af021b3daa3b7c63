import { useState } from "react";
import { useStore } from "zustand";
import { countOf } from "../lib/format.ts";
import { Banner, Button, toast } from "../ui/index.ts";
import styles from "./environment.module.css";
import type { EnvironmentStore } from "./environment-store.ts";
import type { DotenvEntry } from "./parse-dotenv.ts";
import { checkVariableName, checkVariableValue } from "./variable-rules.ts";

interface DotenvOfferProps {
  readonly store: EnvironmentStore;
  readonly entries: readonly DotenvEntry[];
  readonly onAdded: () => void;
  readonly onDismiss: () => void;
}

/** Offers to add all variables of a pasted `.env` file, and says which ones are replaced or can't be had. */
export function DotenvOffer({ store, entries, onAdded, onDismiss }: DotenvOfferProps) {
  const { variables } = useStore(store);
  const [failure, setFailure] = useState<string | null>(null);
  const checked = entries.map((entry) => ({
    ...entry,
    problem: checkVariableName(entry.name) ?? checkVariableValue(entry.value),
    known: variables.find((variable) => variable.name === entry.name),
  }));
  const good = checked.filter((entry) => entry.problem === null);
  const replaced = good.filter((entry) => entry.known !== undefined);

  const addAll = async (): Promise<void> => {
    try {
      for (const { name, value, known } of good) {
        await store
          .getState()
          .set({ name, value, secret: known?.secret ?? true, description: known?.description ?? "" });
      }
      toast(`Added ${countOf(good.length, "variable")}`, { tone: "ok" });
      onAdded();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <Banner
      tone="info"
      actions={
        <>
          {good.length > 0 && (
            <Button size="s" variant="primary" onClick={() => void addAll()}>
              Add all {good.length}
            </Button>
          )}
          <Button size="s" variant="ghost" onClick={onDismiss}>
            Don't add
          </Button>
        </>
      }
    >
      <div className={styles.offer} role="status">
        <span>
          This is a .env file with {countOf(entries.length, "variable")}:{" "}
          <span className={styles.names}>{good.map(({ name }) => name).join(", ")}</span>
        </span>
        {replaced.length > 0 && (
          <span>
            Replaces the value of{" "}
            <span className={styles.names}>{replaced.map(({ name }) => name).join(", ")}</span>
          </span>
        )}
        {checked.map(
          ({ name, problem }) =>
            problem !== null && (
              <span key={name}>
                Leaves out <span className={styles.names}>{name}</span>: {problem}
              </span>
            ),
        )}
        {failure !== null && <span role="alert">Not all were added: {failure}</span>}
      </div>
    </Banner>
  );
}
