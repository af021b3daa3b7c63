import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { TRIGGER_NAME } from "../../workflow/index.ts";
import { JsonTree, pythonPath, stepRoot } from "../results/index.ts";
import styles from "./card.module.css";

const root = stepRoot(TRIGGER_NAME);

/** The event as a tree, when it is wanted: its paths can be copied, and inserted into the steps. */
export function EventTree({ eventText }: { readonly eventText: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.eventTree}>
      <button
        type="button"
        className={styles.eventTreeButton}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {open ? <ChevronDown size={13} aria-hidden /> : <ChevronRight size={13} aria-hidden />}
        Paths
      </button>
      {open && (
        <JsonTree
          label="Paths of the event"
          json={`{"event":${eventText}}`}
          pathOf={(path) => pythonPath(root, path)}
          exporterOf={() => TRIGGER_NAME}
          open={["/event"]}
        />
      )}
    </div>
  );
}
