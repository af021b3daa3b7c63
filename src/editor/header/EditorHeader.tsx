import { Play, Redo2, Square, Undo2 } from "lucide-react";
import { useCallback } from "react";
import { useStore } from "zustand";
import { Button, IconButton } from "../../ui/index.ts";
import { setName } from "../../workflow/index.ts";
import { shownKeys, withKeys } from "../commands/index.ts";
import { isSecondOfDouble } from "../double-click.ts";
import { RunsButton } from "../history/RunsButton.tsx";
import { InlineEdit } from "../InlineEdit.tsx";
import { NetworkButton } from "../network/NetworkButton.tsx";
import { PackagesButton } from "../packages/PackagesButton.tsx";
import type { EditorServices } from "../services.ts";
import { WaitingButton } from "../waiting/WaitingButton.tsx";
import styles from "./header.module.css";
import { SaveStatus } from "./SaveStatus.tsx";
import { TimeLimit } from "./TimeLimit.tsx";

/** The builder's part of the top bar: name, whether it is saved, runs that wait, undo and redo, network access, packages, past runs, time limit, *Test workflow*. */
export function EditorHeader({
  services,
}: {
  readonly services: Pick<EditorServices, "document" | "runs" | "history" | "network" | "view">;
}) {
  const { document, runs, network, view } = services;
  const name = useStore(document, (state) => state.workflow.name);
  const canUndo = useStore(document, (state) => state.canUndo);
  const canRedo = useStore(document, (state) => state.canRedo);
  const readOnly = useStore(document, (state) => state.readOnly);
  /** A past run stands in the place of the steps, whose edits could not be seen. */
  const isPast = useStore(view, (state) => state.history !== null);
  const editing = useStore(view, (state) => state.editing?.what === "workflow");
  const started = useCallback(() => view.getState().requestEdit(null), [view]);
  const { apply, undo, redo } = document.getState();
  return (
    <div className={styles.bar}>
      <div className={styles.name}>
        <InlineEdit
          className={styles.title}
          label="Workflow name"
          buttonLabel={`Rename workflow ${name}`}
          value={name}
          readOnly={readOnly}
          start={editing}
          onStart={started}
          check={(value) => (value.trim() === "" ? "A workflow needs a name." : null)}
          onCommit={(value) => apply((workflow) => setName(workflow, value))}
        />
        <SaveStatus document={document} />
        <WaitingButton services={services} />
      </div>
      <div className={styles.actions}>
        <NetworkButton network={network} view={view} />
        <PackagesButton services={services} />
        <RunsButton services={services} />
        <TimeLimit document={document} view={view} />
        <IconButton
          label="Undo"
          shortcut={shownKeys("workflow.undo")}
          icon={<Undo2 size={16} />}
          disabled={!canUndo || isPast}
          onClick={undo}
        />
        <IconButton
          label="Redo"
          shortcut={shownKeys("workflow.redo")}
          icon={<Redo2 size={16} />}
          disabled={!canRedo || isPast}
          onClick={redo}
        />
        <TestWorkflow runs={runs} empty={useStore(document, (state) => state.workflow.steps.length === 0)} />
      </div>
    </div>
  );
}

/** Starts and stops a run; one button in two roles, so that the focus stays on it. */
function TestWorkflow({ runs, empty }: Pick<EditorServices, "runs"> & { readonly empty: boolean }) {
  const running = useStore(runs, (state) => state.running !== null);
  const { testWorkflow, stop } = runs.getState();
  return (
    <Button
      variant={running ? "default" : "primary"}
      disabled={empty && !running}
      title={
        empty
          ? "There is no step to test yet"
          : running
            ? withKeys("Stop", "workflow.stop")
            : withKeys("Test all steps", "workflow.test")
      }
      onClick={(event) => {
        if (running) stop();
        else if (!isSecondOfDouble(event)) void testWorkflow();
      }}
    >
      {running ? <Square size={13} aria-hidden /> : <Play size={13} aria-hidden />}
      {running ? "Stop" : "Test workflow"}
    </Button>
  );
}
