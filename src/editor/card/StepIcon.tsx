import { AppIcon } from "../../ui/index.ts";
import type { Step } from "../../workflow/index.ts";
import { useEditor } from "../services.ts";

/** Icon of the step's first app, or of Python. */
export function StepIcon({
  step,
  size = 28,
}: {
  readonly step: Pick<Step, "apps">;
  readonly size?: number | undefined;
}) {
  const { catalog } = useEditor();
  const first = step.apps[0];
  const app = first === undefined ? undefined : catalog.findApp(first.app);
  if (app !== undefined)
    return <AppIcon name={app.name} color={app.color} iconPath={app.iconPath} size={size} />;
  return <PythonIcon size={size} />;
}

/** Tile for plain Python code. */
export function PythonIcon({ size }: { readonly size?: number | undefined }) {
  return <AppIcon name="Python" letters="Py" color="#3776ab" iconPath={null} size={size} />;
}
