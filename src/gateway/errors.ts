/** An error with a code that the other side can act on: Node's own (`ECONNREFUSED`, …), or `EACCES` for "refused by policy". */
export class NetworkError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "NetworkError";
    this.code = code;
  }
}

/** Code and message of anything thrown by Node's network modules; `fallback` where it carries no code. */
export function describeError(error: unknown, fallback = "EIO"): { code: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return describeError(error.errors[0], fallback);
  }
  if (!(error instanceof Error)) return { code: fallback, message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? error.code : fallback;
  return { code, message: error.message || code };
}
