import type { App } from "./types.ts";

/** `{field}` in a URL, a host, a header or a text of a JSON body. */
export const FIELD_PATTERN = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** A field that a template needs and the account does not have. */
export class MissingField extends Error {
  readonly field: string;
  constructor(field: string, appName?: string) {
    super(`${appName ?? "The account"} needs a value for "${field}": edit the account and fill it in.`);
    this.name = "MissingField";
    this.field = field;
  }
}

/** Names of the fields a template mentions, each once, in order. */
export function fieldsIn(template: string): string[] {
  return [...new Set(Array.from(template.matchAll(FIELD_PATTERN), (match) => match[1] ?? ""))];
}

/**
 * Puts an account's values into a template: `Bearer {api_key}` → `Bearer sk-…`.
 * @param encode applied to each value, `encodeURIComponent` for instance
 * @throws MissingField where a value is missing or empty
 */
export function expandTemplate(
  template: string,
  fields: Readonly<Record<string, string>>,
  encode: (value: string) => string = (value) => value,
): string {
  return template.replace(FIELD_PATTERN, (_, name: string) => {
    const value = fields[name];
    if (value === undefined || value === "") throw new MissingField(name);
    return encode(value);
  });
}

/** The account's values, trimmed, without empty ones, and with the app's defaults where one was left out. */
export function filledFields(
  app: Pick<App, "fields">,
  fields: Readonly<Record<string, string>>,
): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    const trimmed = value.trim();
    if (trimmed !== "") filled[name] = trimmed;
  }
  for (const field of app.fields) {
    if (filled[field.name] === undefined && field.default !== undefined) filled[field.name] = field.default;
  }
  return filled;
}
