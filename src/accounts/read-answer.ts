/** Reads what APIs answer to a test request, by the shapes that many of them share. */

const LONGEST = 200;

type Json = Readonly<Record<string, unknown>>;

function objectIn(value: unknown): Json | null {
  if (Array.isArray(value)) return objectIn(value[0]);
  return value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value)) : null;
}

function textIn(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.replace(/\s+/g, " ").trim();
  return text === "" ? null : text.slice(0, LONGEST);
}

function firstText(from: Json, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textIn(from[name]);
    if (text !== null) return text;
  }
  return null;
}

/**
 * True where an answer with a status of success says that the request failed: Slack's `{"ok": false}`, GraphQL's
 * `{"errors": […]}` without data.
 * @param okField Property of the answer that must be true, where the app has one.
 */
export function refusedIn(answer: unknown, okField: string | undefined): boolean {
  const body = objectIn(answer);
  if (okField !== undefined) return body?.[okField] !== true;
  if (body === null) return false;
  if (body.ok === false || body.success === false) return true;
  return Array.isArray(body.errors) && body.errors.length > 0 && (body.data ?? null) === null;
}

const COMPLAINTS = [
  "error_description",
  "message",
  "detail",
  "error_message",
  "errorMessage",
  "error",
  "title",
  "msg",
];

/** What the vendor says is wrong, at most 200 characters; null where the answer has no such text. */
export function complaintIn(answer: unknown): string | null {
  const body = objectIn(answer);
  if (body === null) return null;
  const nested = [body.error, body.errors, body.meta].map(objectIn).find((inner) => inner !== null);
  return (
    firstText(body, COMPLAINTS) ??
    (nested ? firstText(nested, [...COMPLAINTS, "code"]) : null) ??
    textIn(first(body.errors))
  );
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** Where an answer keeps the user, when it does not keep it at the top. */
const WRAPPERS = ["data", "viewer", "me", "user", "account", "profile", "result", "bot", "owner", "creator"];
const PERSON = [
  "display_name",
  "displayName",
  "full_name",
  "name",
  "login",
  "username",
  "user_name",
  "user",
  "email",
  "emailAddress",
  "email_address",
  "account_name",
  "friendly_name",
];
const PLACE = ["team", "team_name", "workspace_name", "organization", "company", "account_name"];

/** Whom an answer to *who am I* names, such as `ada (Acme)`; null where it names none. */
export function identityIn(answer: unknown, depth = 3): string | null {
  // The first of a list is hardly the one who asks.
  const body = Array.isArray(answer) ? null : objectIn(answer);
  if (body === null) return null;
  const person = firstText(body, PERSON);
  if (person !== null) {
    const place = firstText(body, PLACE);
    return place === null || place === person ? person : `${person} (${place})`;
  }
  if (depth === 0) return null;
  for (const wrapper of WRAPPERS) {
    const who = identityIn(body[wrapper], depth - 1);
    if (who !== null) return who;
  }
  return null;
}
