import type { StepError } from "../runtime/index.ts";
import type { Redactor } from "../vault/index.ts";

/** Secrets out of an error: message, traceback and hint may quote any value. */
export function redactError(redactor: Redactor, error: StepError): StepError {
  return {
    ...error,
    message: redactor.text(error.message),
    traceback: redactor.text(error.traceback),
    hint: error.hint === null ? null : redactor.text(error.hint),
  };
}
