import { type Ref, useMemo } from "react";
import type { Step } from "../../workflow/index.ts";
import { updateStep } from "../../workflow/index.ts";
import { CodeEditor, type CodeHandle } from "../code/index.ts";
import { useEditor, useReadOnly, useStepRun } from "../services.ts";
import { completionRoots } from "./completion-roots.ts";
import { useAppFields } from "./use-app-fields.ts";
import { useCodeError } from "./use-code-error.ts";

export interface StepCodeProps {
  readonly step: Step;
  readonly near: boolean;
  readonly onLeave: () => void;
  readonly handle: Ref<CodeHandle>;
}

/** The step's code, edited in place. */
export function StepCode({ step, near, onLeave, handle }: StepCodeProps) {
  const editor = useEditor();
  const { document } = editor;
  const readOnly = useReadOnly();
  const { id } = step;
  const fields = useAppFields(step.apps, near);
  const error = useCodeError(useStepRun(id), step.code);
  const { languageSession, view } = editor;
  const known = useMemo(
    () => ({
      stepId: id,
      store: languageSession,
      reveal: (stepId: string, line: number, column: number) =>
        view.getState().requestCodePlace({ stepId, line, column }),
    }),
    [id, languageSession, view],
  );
  return (
    <CodeEditor
      id={id}
      language="python"
      label={`Code of ${step.name}`}
      value={step.code}
      near={near}
      readOnly={readOnly}
      error={error}
      handle={handle}
      known={known}
      completions={() => completionRoots(editor, step, fields)}
      onLeave={onLeave}
      onChange={(code) =>
        document
          .getState()
          .apply((workflow) => updateStep(workflow, id, { code }), { mergeKey: `code:${id}` })
      }
    />
  );
}
