import type { AppField } from "../catalog/index.ts";

/** A pasted value made usable, and what was changed about it. */
export interface NormalizedField {
  readonly value: string;
  /** Sentences for the person; empty where nothing was changed. */
  readonly notes: readonly string[];
}

const SCHEME = /^(?:authorization\s*:\s*)?(bearer)\s+(?=\S)/i;

/** Removes what is pasted along with a credential: white space around it, quotes, `Bearer ` in front. */
export function normalizeField(field: Pick<AppField, "name">, typed: string): NormalizedField {
  const notes: string[] = [];
  let value = typed.trim();
  if (value !== typed) notes.push("Spaces or line breaks around the value were removed.");
  const quoted = /^(["'`])([^"'`]+)\1$/.exec(value)?.[2];
  if (quoted !== undefined) {
    value = quoted.trim();
    notes.push("The quotes around the value were removed.");
  }
  if (SCHEME.test(value)) {
    value = value.replace(SCHEME, "");
    notes.push('"Bearer " was removed: requests add it on their own.');
  }
  const lines = value.split(/\s*\r?\n\s*/);
  if (lines.length > 1 && !isMultiline(field) && !/^-----BEGIN|^[{[]/.test(value)) {
    value = lines.join("");
    notes.push("Line breaks within the value were removed.");
  }
  return { value, notes };
}

/** True for fields that take key files: several lines, or JSON. */
export function isMultiline({ name }: Pick<AppField, "name">): boolean {
  return isJsonField({ name }) || /(?:^|_)(?:private_?key|pem|cert(?:ificate)?|ca)$/i.test(name);
}

/** True for fields that take a JSON key file, such as `key_json`. */
function isJsonField({ name }: Pick<AppField, "name">): boolean {
  return /(?:^|_)json$/i.test(name);
}

/** What is wrong with a normalised value, as a sentence that says what to do; null where nothing is. */
export function checkField(
  field: Pick<AppField, "name" | "label" | "optional">,
  value: string,
): string | null {
  if (value === "") return field.optional ? null : `Enter the ${field.label}.`;
  if (value.includes("\0")) return "The value holds a zero byte, which no credential does. Copy it again.";
  return isJsonField(field) ? checkKeyFile(value) : null;
}

function checkKeyFile(value: string): string | null {
  try {
    const parsed: unknown = JSON.parse(value);
    if (parsed !== null && typeof parsed === "object" && !Array.isArray(parsed)) return null;
    return "This is JSON but not an object. Paste the whole key file, from { to }.";
  } catch {
    const cut = value.startsWith("{") && !value.endsWith("}");
    return cut
      ? "The JSON ends too early. Paste the whole key file, up to the last }."
      : "This is not valid JSON. Paste the whole content of the key file, from { to }.";
  }
}
