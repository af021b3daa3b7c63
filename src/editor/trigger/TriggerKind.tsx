import { setTriggerKind, type Trigger } from "../../workflow/index.ts";
import { useEditor, useReadOnly, useWorkflow } from "../services.ts";
import styles from "./trigger.module.css";
import { kindLabels } from "./words.ts";

const kinds = Object.keys(kindLabels) as readonly Trigger["kind"][];

/** What starts the workflow. The browser's own control: it works everywhere, by finger and by keyboard. */
export function TriggerKind() {
  const { document } = useEditor();
  const kind = useWorkflow((workflow) => workflow.trigger.kind);
  const readOnly = useReadOnly();
  return (
    <select
      className={styles.kind}
      aria-label="Kind of trigger"
      value={kind}
      disabled={readOnly}
      onChange={(event) => {
        const next = kinds.find((known) => known === event.target.value);
        if (next) document.getState().apply((workflow) => setTriggerKind(workflow, next));
      }}
    >
      {kinds.map((each) => (
        <option key={each} value={each}>
          {kindLabels[each]}
        </option>
      ))}
    </select>
  );
}
