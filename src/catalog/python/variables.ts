import type { App, AppField } from "../types.ts";
import { pyString } from "./literals.ts";

/** Names that the generated handler uses itself, and Python's words that a field could be called. */
const TAKEN = new Set(
  "pd requests auth headers params body r from import in is not or and class def global lambda pass with".split(
    " ",
  ),
);

/** A variable of the generated handler that holds one field. */
export interface Variable {
  readonly name: string;
  readonly field: AppField;
  /** False: an optional field without a default, so it may be `None`. */
  readonly certain: boolean;
  /** What to clean off an address as people paste it. */
  readonly trim: "none" | "slash" | "scheme";
}

/** The variables for the fields that a request uses, in the order of the account's form. */
export function variablesFor(app: App, used: ReadonlySet<string>): Variable[] {
  const names = new Set<string>();
  return app.fields
    .filter((field) => used.has(field.name))
    .map((field) => {
      const wanted = app.testRequest.url === `{${field.name}}` ? "url" : variableName(field.name);
      const name = TAKEN.has(wanted) || names.has(wanted) ? `${wanted}_value` : wanted;
      names.add(name);
      const certain = !field.optional || field.default !== undefined;
      return { name, field, certain, trim: trimOf(app, field) };
    });
}

/** `oauth_access_token` → `token`, `AccountSid` → `account_sid`, `API_Key` → `api_key`. */
function variableName(field: string): string {
  if (field === "oauth_access_token") return "token";
  return field.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

function trimOf({ testRequest: { url } }: App, { name }: AppField): Variable["trim"] {
  if (url.startsWith(`{${name}}/`)) return "slash";
  return url.startsWith(`https://{${name}}/`) ? "scheme" : "none";
}

/** The lines that fill the variables: one straight from `pd.inputs`, several through `auth`. */
export function assignments(app: App, variables: readonly Variable[]): string[] {
  const account = `pd.inputs[${pyString(app.slug)}]["$auth"]`;
  const source = variables.length > 1 ? "auth" : account;
  const lines = variables.map((variable) => `${variable.name} = ${expression(variable, source)}`);
  return variables.length > 1 ? [`auth = ${account}`, ...lines] : lines;
}

function expression({ field, trim }: Variable, source: string): string {
  const key = pyString(field.name);
  const fallback = field.default === undefined ? "" : ` or ${pyString(field.default)}`;
  const value = field.optional ? `${source}.get(${key})${fallback}` : `${source}[${key}]`;
  if (trim === "none") return value;
  const whole = fallback === "" ? value : `(${value})`;
  return trim === "slash" ? `${whole}.rstrip("/")` : `${whole}.removeprefix("https://").rstrip("/")`;
}
