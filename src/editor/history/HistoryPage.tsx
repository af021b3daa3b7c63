import { type ReactNode, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { PastRun } from "../../runs/index.ts";
import { Spinner } from "../../ui/index.ts";
import { useEditor } from "../services.ts";
import type { ShownHistory } from "../view.ts";
import { Comparison } from "./Comparison.tsx";
import { HistoryBanner } from "./HistoryBanner.tsx";
import { PastRunView } from "./PastRunView.tsx";

type Reading =
  | { readonly kind: "reading" }
  | { readonly kind: "read"; readonly runs: readonly PastRun[] }
  | { readonly kind: "gone" }
  | { readonly kind: "failed"; readonly message: string };

/** A past run, or two of them beside each other, in the place of the steps. Nothing of it can be edited. */
export function HistoryPage({ shown }: { readonly shown: ShownHistory }) {
  const { view, runs } = useEditor();
  const reading = useRuns(shown);
  const running = useStore(runs, (state) => state.running !== null);
  const wasRunning = useRef(running);
  useEscape();

  // Who starts a run wants to see it.
  useEffect(() => {
    if (running && !wasRunning.current) view.getState().showHistory(null);
    wasRunning.current = running;
  }, [running, view]);

  if (reading.kind === "reading") return <Spinner label="Reading the run" />;
  if (reading.kind === "failed") return <Problem>The run can't be read: {reading.message}</Problem>;
  if (reading.kind === "gone")
    return <Problem>This run is gone: deleted, or one of the newer 50 took its place.</Problem>;
  const [first, second] = reading.runs;
  if (shown.kind === "comparison" && first && second) return <Comparison older={first} newer={second} />;
  return first ? <PastRunView key={first.summary.id} run={first} /> : null;
}

function Problem({ children }: { readonly children: ReactNode }) {
  return (
    <HistoryBanner title="Runs" actions={null}>
      {children}
    </HistoryBanner>
  );
}

function useRuns(shown: ShownHistory): Reading {
  const { history } = useEditor();
  const [state, setState] = useState<{ readonly of: ShownHistory; readonly reading: Reading } | null>(null);
  useEffect(() => {
    let left = false;
    const ids = shown.kind === "run" ? [shown.id] : shown.ids;
    const tell = (reading: Reading) => {
      if (!left) setState({ of: shown, reading });
    };
    Promise.all(ids.map((id) => history.getState().open(id))).then(
      (found) => {
        const runs = found.filter((run) => run !== null);
        tell(runs.length === ids.length ? { kind: "read", runs } : { kind: "gone" });
      },
      (error: unknown) =>
        tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      left = true;
    };
  }, [history, shown]);
  return state?.of === shown ? state.reading : { kind: "reading" };
}

/** Escape leads back to the steps. */
function useEscape(): void {
  const { view } = useEditor();
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      const isElsewhere =
        event.target instanceof Element && event.target.closest("[role=dialog], [role=menu], input") !== null;
      if (event.key === "Escape" && !event.defaultPrevented && !isElsewhere)
        view.getState().showHistory(null);
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [view]);
}
