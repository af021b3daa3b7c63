import { useEffect, useState } from "react";
import type { App } from "../../catalog/index.ts";
import { AppIcon } from "../../ui/index.ts";
import { PickerGroup, PickerItem } from "../../ui/Picker.tsx";
import { anyApiChoice, anyApiTitle, blankChoice, blankTitle, type NewStepChoice } from "../actions.ts";
import { PythonIcon } from "../card/StepIcon.tsx";
import { useEditor } from "../services.ts";
import styles from "./add.module.css";

export interface TemplateItemsProps {
  readonly slug: string;
  readonly name: string;
  /** Words that a title must contain. */
  readonly filter: string;
  readonly onChoose: (choice: Promise<NewStepChoice>) => void;
}

/** What can be done with an app: its whole API first, then its further templates, then blank code with it attached. */
export function TemplateItems({ slug, name, filter, onChoose }: TemplateItemsProps) {
  const editor = useEditor();
  const { app, problem } = useApp(slug);
  const summary = editor.catalog.findApp(slug);
  const icon = (
    <AppIcon name={name} color={summary?.color ?? "#6b7280"} iconPath={summary?.iconPath ?? null} />
  );
  const first = anyApiTitle(name);
  const matches = (title: string) =>
    filter
      .toLowerCase()
      .split(/\s+/)
      .every((word) => title.toLowerCase().includes(word));

  return (
    <>
      <PickerGroup heading={name}>
        {matches(first) && (
          <PickerItem
            value="any-api"
            name={first}
            icon={icon}
            onSelect={() => onChoose(anyApiChoice(editor, slug))}
          >
            {first}
            {app !== null && <span className={styles.sub}>{app.testRequest.success}</span>}
          </PickerItem>
        )}
        {(app?.templates ?? [])
          .filter(({ title }) => matches(title))
          .map(({ title, python }) => (
            <PickerItem
              key={title}
              value={`template ${title}`}
              name={title}
              icon={icon}
              onSelect={() => onChoose(Promise.resolve({ title, code: python, app: slug }))}
            >
              {title}
            </PickerItem>
          ))}
      </PickerGroup>
      <PickerGroup heading="Code">
        <PickerItem
          value="python"
          name={blankTitle}
          icon={<PythonIcon />}
          hint={`with ${name} attached`}
          onSelect={() => onChoose(Promise.resolve(blankChoice(slug)))}
        >
          {blankTitle}
        </PickerItem>
      </PickerGroup>
      {problem !== null && <p className={styles.none}>{problem}</p>}
    </>
  );
}

/** Everything about an app, once it is loaded. */
function useApp(slug: string): { readonly app: App | null; readonly problem: string | null } {
  const { catalog } = useEditor();
  const [loaded, setLoaded] = useState<{ readonly app: App | null; readonly problem: string | null }>({
    app: null,
    problem: null,
  });
  useEffect(() => {
    let left = false;
    catalog
      .loadApp(slug)
      .then((app) => !left && setLoaded({ app, problem: null }))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        if (!left) setLoaded({ app: null, problem: `This app could not be loaded: ${reason}` });
      });
    return () => {
      left = true;
    };
  }, [catalog, slug]);
  return loaded;
}
