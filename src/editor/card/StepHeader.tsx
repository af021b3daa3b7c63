import { ChevronDown, ChevronUp, GripVertical } from "lucide-react";
import { useCallback } from "react";
import { Badge, cx, IconButton } from "../../ui/index.ts";
import type { Step } from "../../workflow/index.ts";
import { checkStepName, renameStep, updateStep } from "../../workflow/index.ts";
import { InlineEdit } from "../InlineEdit.tsx";
import { useEditor, useReadOnly, useView } from "../services.ts";
import styles from "./card.module.css";
import { StatusBadge } from "./StatusBadge.tsx";
import { StepIcon } from "./StepIcon.tsx";
import { StepMenu } from "./StepMenu.tsx";

/** Icon, title, name, state and menu of a step. */
export function StepHeader({ step }: { readonly step: Step }) {
  const { document, view } = useEditor();
  const readOnly = useReadOnly();
  const { apply } = document.getState();
  const { id, name, title, collapsed } = step;
  const editing = useView(({ editing: asked }) =>
    asked !== null && asked.what !== "workflow" && asked.id === id ? asked.what : null,
  );
  const started = useCallback(() => view.getState().requestEdit(null), [view]);
  return (
    <header className={styles.head}>
      <span
        className={cx(styles.grip, readOnly && styles.fixed)}
        title={readOnly ? undefined : "Drag to move this step"}
        data-grip={readOnly ? undefined : ""}
      >
        {!readOnly && <GripVertical size={12} aria-hidden className={styles.dots} />}
        <StepIcon step={step} />
      </span>
      <div className={styles.names}>
        <InlineEdit
          className={styles.title}
          label="Step title"
          buttonLabel={`Edit title: ${title}`}
          value={title}
          readOnly={readOnly}
          start={editing === "title"}
          onStart={started}
          check={(value) => (value.trim() === "" ? "A step needs a title." : null)}
          onCommit={(value) => apply((workflow) => updateStep(workflow, id, { title: value.trim() }))}
        />
        <InlineEdit
          className={styles.slug}
          label="Step name"
          buttonLabel={`Rename ${name}`}
          value={name}
          readOnly={readOnly}
          start={editing === "name"}
          onStart={started}
          check={(value) => checkStepName(document.getState().workflow, id, value)}
          onCommit={(value) => apply((workflow) => renameStep(workflow, id, value))}
        />
      </div>
      <div className={styles.headEnd}>
        {!step.enabled && <Badge tone="muted">Disabled</Badge>}
        <StatusBadge stepId={id} />
        <IconButton
          label={collapsed ? "Expand" : "Collapse"}
          icon={collapsed ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
          aria-expanded={!collapsed}
          onClick={() => apply((workflow) => updateStep(workflow, id, { collapsed: !collapsed }))}
        />
        <StepMenu step={step} />
      </div>
    </header>
  );
}
