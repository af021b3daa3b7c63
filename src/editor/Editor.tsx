import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { AddAppDialog } from "./add/AddAppDialog.tsx";
import { AddStepDialog } from "./add/AddStepDialog.tsx";
import { ClipboardDialog } from "./clipboard/ClipboardDialog.tsx";
import { keepOnlyModels, preloadCodeEditor } from "./code/index.ts";
import { useEditorKeys } from "./commands/use-editor-keys.ts";
import styles from "./Editor.module.css";
import { SaveBanner } from "./header/SaveBanner.tsx";
import { NetworkAccessDialog } from "./network/NetworkAccessDialog.tsx";
import { UntrustedBanner } from "./network/UntrustedBanner.tsx";
import { StepList } from "./StepList.tsx";
import { contextOf, EditorProvider, type EditorServices, useView } from "./services.ts";

/** Reads out what was done by keys or the mouse, where the page only shows it. */
function Announcer() {
  const text = useView((state) => state.announcement);
  return (
    <div className={styles.heading} aria-live="polite">
      {text}
    </div>
  );
}

/** The builder of one open workflow. Its row of the top bar is `<EditorHeader>`. */
export function Editor({ services }: { readonly services: EditorServices }) {
  const context = useMemo(() => contextOf(services), [services]);
  const { document } = context;
  const name = useStore(document, (state) => state.workflow.name);
  useEditorKeys(context);
  useEffect(() => preloadCodeEditor(), []);
  useEffect(() => () => keepOnlyModels(new Set()), []);
  return (
    <EditorProvider value={context}>
      <div className={styles.page}>
        <h1 className={styles.heading}>{name}</h1>
        <SaveBanner document={document} />
        <UntrustedBanner />
        <StepList />
      </div>
      <AddStepDialog />
      <AddAppDialog />
      <NetworkAccessDialog />
      <ClipboardDialog />
      <Announcer />
    </EditorProvider>
  );
}
