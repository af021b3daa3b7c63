import { ArrowUp } from "lucide-react";
import { AppIcon, Button } from "../ui/index.ts";
import { addStep, blankChoice } from "./actions.ts";
import { useAppSearch } from "./add/use-app-search.ts";
import { PythonIcon } from "./card/StepIcon.tsx";
import styles from "./Editor.module.css";
import { useEditor, useReadOnly } from "./services.ts";

const offered = 6;

/** What a workflow without steps shows below its +: how to begin, and ways to do so at once. */
export function FirstStep() {
  const editor = useEditor();
  const readOnly = useReadOnly();
  const groups = useAppSearch("");
  if (readOnly) return null;
  const apps = groups.flatMap(({ rows }) => rows).slice(0, offered);
  const { openAddStep, requestFocus } = editor.view.getState();
  return (
    <section className={styles.first} aria-labelledby="first-step">
      <ArrowUp size={22} aria-hidden className={styles.firstArrow} />
      <h2 id="first-step" className={styles.firstTitle}>
        Press + to add your first step
      </h2>
      <p className={styles.firstText}>
        Pick an app and get Python that works, with its account attached. Press Test, and the logs appear
        below the step.
      </p>
      <div className={styles.offers}>
        {apps.map(({ app }) => (
          <Button key={app.slug} onClick={() => openAddStep(0, app.slug)}>
            <AppIcon name={app.name} color={app.color} iconPath={app.iconPath} size={18} />
            {app.name}
          </Button>
        ))}
        <Button onClick={() => requestFocus(addStep(editor, 0, blankChoice(null)))}>
          <PythonIcon size={18} />
          Blank Python step
        </Button>
      </div>
    </section>
  );
}
