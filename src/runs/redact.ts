import type { StepError } from "../runtime/index.ts";
import type { Redactor } from "../vault/index.ts";

/** Secrets out of an error: message, traceback and hint may quote any value. */
export function redactError(redactor: Redactor, error: StepError): StepError {
  return {
    ...error,
    message: redactor.text(error.message),
    traceback: redactor.text(error.traceback),
    hint: error.hint === null ? null : redactor.text(error.hint),
    // A host that holds a secret can't be named, so nothing leads to it.
    denied: error.denied && redactor.text(error.denied.host) === error.denied.host ? error.denied : null,
  };
}
