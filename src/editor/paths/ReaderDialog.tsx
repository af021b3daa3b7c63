import { Dialog } from "../../ui/index.ts";
import { StepIcon } from "../card/StepIcon.tsx";
import { useEditor, useView, useWorkflow } from "../services.ts";
import { insertInto, readersOf } from "./insert-path.ts";
import styles from "./paths.module.css";

/** Asks into which of the later steps a path is to be put. */
export function ReaderDialog() {
  const editor = useEditor();
  const path = useView((state) => state.pathToInsert);
  const workflow = useWorkflow((all) => all);
  if (path === null) return null;
  const close = () => editor.view.getState().askForReader(null);
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Insert into which step?"
      description={<code className={styles.expression}>{path.expression}</code>}
      size="s"
      initialFocus={(popup) => popup.querySelector("[data-reader]")}
    >
      <ul className={styles.readers}>
        {readersOf(workflow, path.from).map((step) => (
          <li key={step.id}>
            <button
              type="button"
              data-reader
              className={styles.reader}
              onClick={() => {
                close();
                insertInto(editor, step.id, path.expression);
              }}
            >
              <StepIcon step={step} size={22} />
              <span className={styles.name}>{step.name}</span>
              <span className={styles.title}>{step.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
