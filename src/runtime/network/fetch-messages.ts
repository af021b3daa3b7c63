/** Messages of the fetch tunnel between a worker and the page. */

/** Under this address Python's package installer finds the gateway's package routes. */
export const PACKAGES_URL = "http://packages.invalid/";
/** Bytes of one response that may be on their way to the worker. */
export const FETCH_WINDOW = 4 * 1024 * 1024;

export type FetchToPage =
  | {
      readonly type: "request";
      readonly id: number;
      readonly url: string;
      readonly method: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly redirect: "follow" | "manual" | "error";
      readonly body: ArrayBuffer | null;
    }
  /** The worker has taken this many bytes of the response. */
  | { readonly type: "taken"; readonly id: number; readonly bytes: number }
  | { readonly type: "abort"; readonly id: number };

export type FetchToWorker =
  | {
      readonly type: "response";
      readonly id: number;
      readonly status: number;
      readonly statusText: string;
      readonly url: string;
      readonly redirected: boolean;
      readonly headers: readonly (readonly [string, string])[];
    }
  | { readonly type: "chunk"; readonly id: number; readonly bytes: ArrayBuffer }
  | { readonly type: "end"; readonly id: number }
  /** `denied`: the workflow may not reach that host, or not send that there. */
  | { readonly type: "error"; readonly id: number; readonly message: string; readonly denied: boolean };
