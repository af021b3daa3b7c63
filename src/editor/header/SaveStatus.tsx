import { useStore } from "zustand";
import { cx } from "../../ui/index.ts";
import type { DocumentStore } from "../../workflow/index.ts";
import styles from "./header.module.css";

const texts = {
  saved: "Saved",
  saving: "Saving…",
  unsaved: "Saving…",
  "read-only": "Read-only",
  conflict: "Not saved",
  failed: "Not saved",
} as const;

/** Whether what is on the screen is stored: `Saved` is true whenever it is shown. */
export function SaveStatus({ document }: { readonly document: DocumentStore }) {
  const kind = useStore(document, (state) => state.saveState.kind);
  const bad = kind === "failed" || kind === "conflict";
  return (
    <span className={cx(styles.saved, bad && styles.notSaved)} aria-live={bad ? "assertive" : "off"}>
      {texts[kind]}
    </span>
  );
}
