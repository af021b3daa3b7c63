import { toast } from "../ui/index.ts";
import { updateStep } from "../workflow/index.ts";
import { formatPython } from "./language/format-python.ts";
import { type EditorContextValue, stepOf } from "./services.ts";

type Editor = Pick<EditorContextValue, "document" | "runs" | "preferences">;

/** Formats a step's code with Ruff, as one edit that can be undone. Says so where the code is no Python. */
export async function formatStep(editor: Pick<Editor, "document">, stepId: string): Promise<void> {
  try {
    await format(editor, stepId);
  } catch (error) {
    toast(`Not formatted: ${error instanceof Error ? error.message : String(error)}`, { tone: "warn" });
  }
}

/** Whether steps are formatted when they are tested; the other way round from now on. */
export function toggleFormatOnTest({ preferences }: Pick<Editor, "preferences">): void {
  const wanted = !preferences.formatOnTest();
  preferences.setFormatOnTest(wanted);
  toast(
    wanted
      ? "Steps are formatted when they are tested."
      : "Steps are no longer formatted when they are tested.",
  );
}

/** Has steps formatted before they run, where the person wants that. Gives the way to end it. */
export function formatBeforeTests(editor: Editor): () => void {
  const { runs, document, preferences } = editor;
  const { testStep, testUpTo, testFrom, testWorkflow } = runs.getState();
  const all = () => document.getState().workflow.steps.map(({ id }) => id);
  const after = async (stepIds: readonly string[], test: () => Promise<void>) => {
    const wanted =
      preferences.formatOnTest() && !document.getState().readOnly && runs.getState().running === null;
    // What can't be formatted can't be run either, and its run says why.
    if (wanted) for (const id of stepIds) await format(editor, id).catch(() => undefined);
    return test();
  };
  runs.setState({
    testStep: (id) => after([id], () => testStep(id)),
    testUpTo: (id) => after(all().slice(0, all().indexOf(id) + 1), () => testUpTo(id)),
    testFrom: (id) => after(all().slice(all().indexOf(id)), () => testFrom(id)),
    testWorkflow: () => after(all(), testWorkflow),
  });
  return () => runs.setState({ testStep, testUpTo, testFrom, testWorkflow });
}

async function format({ document }: Pick<Editor, "document">, stepId: string): Promise<void> {
  const code = stepOf(document.getState().workflow, stepId)?.code;
  if (code === undefined) return;
  const formatted = await formatPython(code);
  document.getState().apply((workflow) => {
    // What was typed meanwhile stays.
    const unchanged = stepOf(workflow, stepId)?.code === code && formatted !== code;
    return unchanged ? updateStep(workflow, stepId, { code: formatted }) : workflow;
  });
}
