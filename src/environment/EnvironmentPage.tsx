import { Plus } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { Banner, Button, CopyCode, EmptyState, List, Page, Spinner } from "../ui/index.ts";
import styles from "./environment.module.css";
import type { EnvironmentStore, VariableSummary } from "./environment-store.ts";
import { VariableDialog } from "./VariableDialog.tsx";
import { VariableRow } from "./VariableRow.tsx";

/** All environment variables. */
export function EnvironmentPage({ store }: { readonly store: EnvironmentStore }) {
  const { variables, loaded, problem } = useStore(store);
  const [editing, setEditing] = useState<VariableSummary | "new" | null>(null);
  const add = (
    <Button variant="primary" onClick={() => setEditing("new")}>
      <Plus size={15} aria-hidden />
      Add variable
    </Button>
  );

  return (
    <Page title="Environment" actions={variables.length > 0 && add}>
      {problem !== null && <Banner tone="bad">{problem}</Banner>}
      {!loaded && problem === null && <Spinner label="Loading environment variables" />}
      {loaded && variables.length === 0 && (
        <EmptyState title="No environment variables yet" action={add}>
          A variable is there for all steps of all workflows: settings, and secrets of services without an
          app. Steps read it as <CopyCode code={'os.environ["NAME"]'} />
        </EmptyState>
      )}
      {variables.length > 0 && (
        <>
          <p className={styles.intro}>
            Steps of all workflows can read these. They are kept encrypted in this browser; a workflow's file
            holds their names only.
          </p>
          <List frame="page" aria-label="Environment variables">
            {variables.map((variable) => (
              <VariableRow
                key={variable.name}
                store={store}
                variable={variable}
                onEdit={() => setEditing(variable)}
              />
            ))}
          </List>
        </>
      )}
      {editing !== null && (
        <VariableDialog
          store={store}
          variable={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  );
}
