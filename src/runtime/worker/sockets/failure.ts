/** Why a connection ended. `code` is Node's or one of the two below. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** The page lost the gateway. */
export const GATEWAY_GONE = "GATEWAY_GONE";
/** The step was stopped. */
export const STOPPED = "STOPPED";

/** Codes that C has no errno of the same name for. */
const NEAREST: Readonly<Record<string, string>> = {
  [GATEWAY_GONE]: "ECONNABORTED",
  [STOPPED]: "ECONNABORTED",
  ENOTFOUND: "EHOSTUNREACH",
  EAI_AGAIN: "EHOSTUNREACH",
};

/** Pyodide's `ERRNO_CODES`. */
export type Errnos = Readonly<Record<string, number>>;

/** C's errno for a failure; EIO where there is none. */
export function errnoOf(code: string, errnos: Errnos): number {
  return errnos[NEAREST[code] ?? code] ?? errnos.EIO ?? 29;
}
