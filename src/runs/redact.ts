import type { ConnectionRecord, StepError } from "../runtime/index.ts";
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

/** Secrets out of what the Network tab shows: some APIs take theirs in the path, the query or even the host name. */
export function redactConnection(redactor: Redactor, connection: ConnectionRecord): ConnectionRecord {
  return {
    ...connection,
    host: redactor.text(connection.host),
    error: connection.error === null ? null : redactor.text(connection.error),
    exchanges: connection.exchanges.map((exchange) => ({ ...exchange, path: redactor.text(exchange.path) })),
  };
}
