import { ClipboardPaste } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { shownChord } from "../../ui/commands/index.ts";
import { Kbd, PickerDialog } from "../../ui/index.ts";
import { Picker, PickerGroup, PickerItem } from "../../ui/Picker.tsx";
import {
  addStep,
  blankChoice,
  blankTitle,
  dataStoreChoice,
  dataStoreTitle,
  type NewStepChoice,
  report,
} from "../actions.ts";
import { PythonIcon } from "../card/StepIcon.tsx";
import { pasteFromClipboard } from "../clipboard/paste.ts";
import { useEditor, useView } from "../services.ts";
import type { AddStepView } from "../view.ts";
import { AppItems } from "./AppItems.tsx";
import styles from "./add.module.css";
import { TemplateItems } from "./TemplateItems.tsx";
import { useAppSearch } from "./use-app-search.ts";

/** The dialog behind every +: an app and then what to do with it, or plain Python. */
export function AddStepDialog() {
  const { view } = useEditor();
  const addition = useView((state) => state.addStep);
  const added = useRef(false);
  const { closeAddStep, openAddStep } = view.getState();
  const toApp = (app: string | null) => addition !== null && openAddStep(addition.index, app);

  return (
    <PickerDialog
      open={addition !== null}
      title="Add a step"
      onEscape={addition === null || addition.app === null ? closeAddStep : () => toApp(null)}
      onClose={closeAddStep}
      finalFocus={() => {
        // The new card asks for the focus itself; without one it goes back to the +.
        const toPlus = !added.current;
        added.current = false;
        return toPlus;
      }}
    >
      {addition !== null && (
        <Pages
          addition={addition}
          onApp={toApp}
          onAdded={() => {
            added.current = true;
            closeAddStep();
          }}
        />
      )}
    </PickerDialog>
  );
}

interface PagesProps {
  readonly addition: AddStepView;
  /** Goes to an app's templates, or (null) back to the search. */
  readonly onApp: (slug: string | null) => void;
  readonly onAdded: () => void;
}

function Pages({ addition: { index, app }, onApp, onAdded }: PagesProps) {
  const editor = useEditor();
  const [query, setQuery] = useState("");
  const [filter, setFilter] = useState("");
  const groups = useAppSearch(query);
  const name = app === null ? "" : (editor.catalog.findApp(app)?.name ?? app);

  const add = (choice: NewStepChoice) => {
    const id = addStep(editor, index, choice);
    editor.view.getState().requestFocus(id);
    onAdded();
  };
  const addLater = (choice: Promise<NewStepChoice>) => {
    choice.then(add).catch(report("Adding the step"));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The code, not the key: Option+P types a letter of its own on a Mac.
    if (event.altKey && event.code === "KeyP" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      add(blankChoice(app));
    }
  };

  if (app !== null) {
    return (
      <Picker
        label="Search apps"
        query={filter}
        onQuery={setFilter}
        placeholder={`What to do with ${name}?`}
        page={app}
        onBack={() => {
          setFilter("");
          onApp(null);
        }}
        onKeyDown={onKeyDown}
      >
        <TemplateItems slug={app} name={name} filter={filter} onChoose={addLater} />
      </Picker>
    );
  }
  return (
    <Picker
      label="Search apps"
      query={query}
      onQuery={setQuery}
      placeholder="Search apps"
      page=""
      onBack={null}
      onKeyDown={onKeyDown}
    >
      <AppItems groups={groups} onSelect={onApp} />
      {groups.length === 0 && (
        <p className={styles.none}>
          No app is called “{query.trim()}”. Plain Python reaches any service: keep its key in an environment
          variable.
        </p>
      )}
      <PickerGroup heading="Code">
        <PickerItem
          value="python"
          name={blankTitle}
          icon={<PythonIcon />}
          hint={<Kbd>{shownChord("Alt+P")}</Kbd>}
          onSelect={() => add(blankChoice(null))}
        >
          {blankTitle}
        </PickerItem>
        <PickerItem
          value="python with a data store"
          name={dataStoreTitle}
          icon={<PythonIcon />}
          onSelect={() => add(dataStoreChoice())}
        >
          {dataStoreTitle}
        </PickerItem>
        <PickerItem
          value="paste"
          name="Paste step"
          icon={
            <span className={styles.codeIcon} aria-hidden>
              <ClipboardPaste size={15} />
            </span>
          }
          onSelect={() => {
            onAdded();
            void pasteFromClipboard(editor, index);
          }}
        >
          Paste step
          <span className={styles.sub}>A copied step, or Python code on the clipboard</span>
        </PickerItem>
      </PickerGroup>
    </Picker>
  );
}
