import { type App, allowedHosts, type HttpRequest, loadApp, testRequestOf } from "../catalog/index.ts";
import { createRedactor } from "../vault/index.ts";
import { accountSecrets } from "./account-for-run.ts";
import { complaintIn, identityIn, refusedIn } from "./read-answer.ts";

export type ConnectionResult =
  | { readonly ok: true; readonly summary: string }
  | { readonly ok: false; readonly message: string };

/** Tries an account's fields against the app; never rejects. Neither text holds a secret. */
export type TestConnection = (
  app: string,
  fields: Readonly<Record<string, string>>,
) => Promise<ConnectionResult>;

export interface ConnectionTestDeps {
  /** Sends a request and gives status and body as text, whatever the status. Rejects where there is no answer. */
  readonly send: (request: HttpRequest) => Promise<{ readonly status: number; readonly body: string }>;
  /** The catalogue's, unless given. */
  readonly load?: (slug: string) => Promise<App>;
}

/** Makes *Test connection* out of the app's test request in the catalogue and a way to send it. */
export function createConnectionTest({ send, load = loadApp }: ConnectionTestDeps): TestConnection {
  return async (slug, fields) => {
    let app: App;
    let request: HttpRequest;
    try {
      app = await load(slug);
      request = testRequestOf(app, fields);
    } catch (error) {
      return {
        ok: false,
        message: createRedactor(accountSecrets(slug, null, fields)).text(messageOf(error)),
      };
    }
    const { text } = createRedactor(accountSecrets(slug, app, fields));
    try {
      const result = judge(app, fields, await send(request));
      return result.ok
        ? { ok: true, summary: text(result.summary) }
        : { ok: false, message: text(result.message) };
    } catch (error) {
      const host = new URL(request.url).host;
      return { ok: false, message: text(`${host} could not be reached: ${messageOf(error)}`) };
    }
  };
}

function judge(
  app: App,
  fields: Readonly<Record<string, string>>,
  { status, body }: { readonly status: number; readonly body: string },
): ConnectionResult {
  const answer = parsed(body);
  const complaint = complaintIn(answer);
  const said = `HTTP ${status}${complaint === null ? "" : `: ${complaint}`}`;

  if (status >= 200 && status < 300) {
    if (refusedIn(answer, app.testRequest.okField)) {
      return {
        ok: false,
        message: `${app.name} refused the credentials (${complaint ?? said}). ${whatToCheck(app)}`,
      };
    }
    const who = identityIn(answer);
    return {
      ok: true,
      summary: who === null ? `${app.name} accepted the credentials.` : `Connected as ${who}.`,
    };
  }
  if (status === 401) {
    return { ok: false, message: `${app.name} refused the credentials (${said}). ${whatToCheck(app)}` };
  }
  if (status === 403) {
    return {
      ok: false,
      message: `${app.name} does not permit the test request (${said}). The credentials may lack a permission or a scope, or may have been revoked.`,
    };
  }
  if (status === 404) {
    const open = app.fields.filter((field) => !field.secret && fields[field.name]).map((field) => field.name);
    const check = open.length > 0 ? `Check ${open.join(" and ")}.` : whatToCheck(app);
    return {
      ok: false,
      message: `Nothing was found at ${allowedHosts(app, fields).join(", ")} (${said}). ${check}`,
    };
  }
  if (status === 429) {
    return { ok: false, message: `${app.name} has had too many requests (${said}). Test again in a minute.` };
  }
  if (status >= 500) {
    return { ok: false, message: `${app.name} has trouble of its own (${said}). Test again later.` };
  }
  return { ok: false, message: `${app.name} did not accept the test request (${said}). ${whatToCheck(app)}` };
}

function whatToCheck(app: App): string {
  const secrets = app.fields.filter((field) => field.secret && !field.optional).map((field) => field.name);
  return secrets.length === 0
    ? "Check the values."
    : `Check ${secrets.join(" and ")}: copied in full, not expired, not revoked.`;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
