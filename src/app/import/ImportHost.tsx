import { lazy, Suspense, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { useStore } from "zustand";
import { useServices } from "../services.ts";
import styles from "./import.module.css";
import { useFileDrop } from "./use-file-drop.ts";

const ImportDialog = lazy(() =>
  import("./ImportDialog.tsx").then(({ ImportDialog: dialog }) => ({ default: dialog })),
);

/** Takes files that are dropped anywhere on the page or asked for by a command, and shows what is in them. */
export function ImportHost() {
  const { imports } = useServices();
  const [, navigate] = useLocation();
  const offer = useStore(imports.state, (state) => state.offer);
  const asked = useStore(imports.state, (state) => state.asked);
  const input = useRef<HTMLInputElement>(null);
  const isOver = useFileDrop((files) => void imports.offer(files));
  useEffect(() => {
    if (asked > 0) input.current?.click();
  }, [asked]);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        multiple
        hidden
        onChange={(event) => {
          void imports.offer([...(event.target.files ?? [])]);
          // Choosing the same file again is a change then.
          event.target.value = "";
        }}
      />
      {isOver && (
        <div className={styles.drop} aria-hidden>
          <span>Drop workflow files to import them</span>
        </div>
      )}
      {offer !== null && (
        <Suspense>
          <ImportDialog imports={imports} offer={offer} onOpen={(id) => navigate(`/workflows/${id}`)} />
        </Suspense>
      )}
    </>
  );
}
