import { lazy, type Ref, Suspense, useState } from "react";
import styles from "./code.module.css";
import type { CompletionRoots } from "./completion.ts";
import type { CodeError } from "./error-mark.ts";
import type { StepLanguage } from "./language/attach.ts";
import { PlainCode } from "./PlainCode.tsx";

/** What a mounted editor lets others do with it. */
export interface CodeHandle {
  focus(): void;
  /** Puts the cursor on a line, from 1. */
  focusLine(line: number): void;
  /** Puts the cursor there; line and column from 1, of the text as it is. */
  focusPlace(line: number, column: number): void;
}

export interface CodeEditorProps {
  /** Stable key of the text: its undo history and cursor outlive the mounted editor. */
  readonly id: string;
  readonly language: "python" | "json";
  /** Accessible name. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly readOnly?: boolean | undefined;
  /** Marked on its line until that line changes; compared by identity. */
  readonly error?: CodeError | null | undefined;
  /** What the code can read, for completion; asked for when something is typed. */
  readonly completions?: (() => CompletionRoots) | undefined;
  /** Who knows this code, where it is a step's. */
  readonly known?: StepLanguage | undefined;
  /** Escape with nothing open in the editor. */
  readonly onLeave?: (() => void) | undefined;
  /** Takes the focus as soon as it is there. */
  readonly focusOnMount?: boolean | undefined;
  /** Set while the editor is mounted. */
  readonly handle?: Ref<CodeHandle> | undefined;
}

/** Monaco's own start takes the page's thread for a tenth of a second: it waits for this. */
let free: Promise<void> = Promise.resolve();
/** Someone wants to type. */
const wanted = Promise.withResolvers<void>();

const loadEditor = async () => {
  await Promise.race([free, wanted.promise]);
  return import("./MonacoEditor.tsx");
};
const LazyEditor = lazy(async () => ({ default: (await loadEditor()).MonacoEditor }));

/** Fetches Monaco ahead of its first use: when the page's thread is free for it, or the first code gets the focus. */
export function preloadCodeEditor(whenFree: Promise<void>): void {
  free = whenFree;
  void loadEditor().catch(() => {
    // Offline for a moment: the first editor that is shown asks again.
  });
}

/** Monaco while `near` or focused, plain text of the same size otherwise. */
export function CodeEditor({
  near,
  ...props
}: Omit<CodeEditorProps, "focusOnMount"> & { readonly near: boolean }) {
  const [focused, setFocused] = useState(false);
  const plain = <PlainCode label={props.label} value={props.value} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches where the focus is
    <div
      className={styles.frame}
      onFocus={() => {
        wanted.resolve();
        setFocused(true);
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
      }}
    >
      {near || focused ? (
        <Suspense fallback={plain}>
          <LazyEditor {...props} focusOnMount={focused} />
        </Suspense>
      ) : (
        plain
      )}
    </div>
  );
}
