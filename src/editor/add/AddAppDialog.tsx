import { Database } from "lucide-react";
import { useState } from "react";
import { PickerDialog } from "../../ui/index.ts";
import { Picker, PickerGroup, PickerItem } from "../../ui/Picker.tsx";
import { addApp, addDataStore } from "../actions.ts";
import { stepOf, useEditor, useView, useWorkflow } from "../services.ts";
import { AppItems } from "./AppItems.tsx";
import styles from "./add.module.css";
import { useAppSearch } from "./use-app-search.ts";

/** Attaches an app to a step that is there already. */
export function AddAppDialog() {
  const { view } = useEditor();
  const stepId = useView((state) => state.addAppTo);
  const { closeAddApp } = view.getState();
  return (
    <PickerDialog open={stepId !== null} title="Add app" onEscape={closeAddApp} onClose={closeAddApp}>
      {stepId !== null && <AppPage stepId={stepId} onDone={closeAddApp} />}
    </PickerDialog>
  );
}

function AppPage({ stepId, onDone }: { readonly stepId: string; readonly onDone: () => void }) {
  const editor = useEditor();
  const [query, setQuery] = useState("");
  const groups = useAppSearch(query);
  const apps = useWorkflow((workflow) => stepOf(workflow, stepId)?.apps);
  const hasDataStore = useWorkflow((workflow) => stepOf(workflow, stepId)?.dataStore != null);
  const attached = new Set((apps ?? []).map(({ app }) => app));
  return (
    <Picker
      label="Search apps"
      query={query}
      onQuery={setQuery}
      placeholder="Search apps"
      page=""
      onBack={null}
    >
      <AppItems
        groups={groups}
        taken={{ slugs: attached, hint: "Attached" }}
        onSelect={(slug) => {
          addApp(editor, stepId, slug);
          onDone();
        }}
      />
      {isAsked(query) && !hasDataStore && (
        <PickerGroup heading="Storage">
          <PickerItem
            value="data store"
            name="Add data store"
            icon={<Database size={20} aria-hidden />}
            hint="Values that stay"
            onSelect={() => {
              addDataStore(editor, stepId);
              onDone();
            }}
          >
            Add data store
          </PickerItem>
        </PickerGroup>
      )}
      {groups.length === 0 && !isAsked(query) && (
        <p className={styles.none}>No app is called “{query.trim()}”.</p>
      )}
    </Picker>
  );
}

/** Whether somebody may be looking for a data store: it is none of the apps. */
const isAsked = (query: string) => "add data store key value".includes(query.trim().toLowerCase());
