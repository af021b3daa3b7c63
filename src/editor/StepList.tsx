import { Fragment, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { TRIGGER_NAME } from "../workflow/index.ts";
import { AddStepButton } from "./add/AddStepButton.tsx";
import { StepCard } from "./card/StepCard.tsx";
import { TriggerCard } from "./card/TriggerCard.tsx";
import { stepAround } from "./commands/index.ts";
import { DropLine } from "./drag/DropLine.tsx";
import { useStepDrag } from "./drag/use-step-drag.ts";
import styles from "./Editor.module.css";
import { FirstStep } from "./FirstStep.tsx";
import { InsertPaths } from "./paths/InsertPaths.tsx";
import { useEditor, useView } from "./services.ts";
import { useGrowing } from "./use-growing.ts";

/** The trigger, the steps, and a + after each of them. */
export function StepList() {
  const { document, view } = useEditor();
  // Two flat lists compare cheaply: typing in a step does not render the list again.
  const ids = useStore(
    document,
    useShallow((state) => state.workflow.steps.map((step) => step.id)),
  );
  const names = useStore(
    document,
    useShallow((state) => state.workflow.steps.map((step) => step.name)),
  );
  const steps = useMemo(() => ids.map((id, index) => ({ id, name: names[index] ?? "" })), [ids, names]);
  const list = useRef<HTMLDivElement>(null);
  const drawn = useGrowing(steps.length);
  const drop = useView((state) => state.drop);
  useStepDrag(list);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches where the focus is
    <div
      ref={list}
      className={styles.column}
      onFocus={({ target }) => view.getState().noteCard(stepAround(target) ?? TRIGGER_NAME)}
    >
      <InsertPaths list={list}>
        <TriggerCard />
        <AddStepButton after={TRIGGER_NAME} index={0} />
        {steps.slice(0, drawn).map(({ id, name }, index) => (
          <Fragment key={id}>
            <StepCard stepId={id} />
            <AddStepButton after={name} index={index + 1} />
          </Fragment>
        ))}
        {steps.length === 0 && <FirstStep />}
      </InsertPaths>
      {drop !== null && <DropLine drop={drop} />}
    </div>
  );
}
