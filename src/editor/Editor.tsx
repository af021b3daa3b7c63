import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { cx, Spinner } from "../ui/index.ts";
import { AddAppDialog } from "./add/AddAppDialog.tsx";
import { AddStepDialog } from "./add/AddStepDialog.tsx";
import { ClipboardDialog } from "./clipboard/ClipboardDialog.tsx";
import { keepOnlyModels, preloadCodeEditor } from "./code/index.ts";
import { useEditorKeys } from "./commands/use-editor-keys.ts";
import styles from "./Editor.module.css";
import { formatBeforeTests } from "./format.ts";
import { SaveBanner } from "./header/SaveBanner.tsx";
import { useKeptScroll } from "./history/use-kept-scroll.ts";
import { NetworkAccessDialog } from "./network/NetworkAccessDialog.tsx";
import { UntrustedBanner } from "./network/UntrustedBanner.tsx";
import { ReaderDialog } from "./paths/ReaderDialog.tsx";
import { StepList } from "./StepList.tsx";
import { contextOf, EditorProvider, type EditorServices, useView } from "./services.ts";
import { startLanguage } from "./start-language.ts";
import { whenFree } from "./when-free.ts";

const HistoryPage = lazy(async () => ({ default: (await import("./history/HistoryPage.tsx")).HistoryPage }));

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
  const { document, view } = context;
  const name = useStore(document, (state) => state.workflow.name);
  const page = useRef<HTMLDivElement>(null);
  useKeptScroll(view, page);
  const history = useStore(view, (state) => state.history);
  useEditorKeys(context);
  useEffect(() => formatBeforeTests(context), [context]);
  useEffect(() => startLanguage(context), [context]);
  useEffect(() => preloadCodeEditor(whenFree(context)), [context]);
  useEffect(() => () => keepOnlyModels(new Set()), []);
  return (
    <EditorProvider value={context}>
      {history && (
        <div className={styles.page}>
          <Suspense fallback={<Spinner label="Opening the run" />}>
            <HistoryPage shown={history} />
          </Suspense>
        </div>
      )}
      {/* Kept as it is meanwhile: what is open in a card, its cursor, and the sizes of what has been laid out. */}
      <div ref={page} className={cx(styles.page, history && styles.away)} inert={history !== null}>
        {/* An element of its own: dialogs that close take such a mark off what is beside them. */}
        <div aria-hidden={history !== null}>
          <h1 className={styles.heading}>{name}</h1>
          <SaveBanner document={document} />
          <UntrustedBanner />
          <StepList />
        </div>
      </div>
      <AddStepDialog />
      <AddAppDialog />
      <NetworkAccessDialog />
      <ReaderDialog />
      <ClipboardDialog />
      <Announcer />
    </EditorProvider>
  );
}
