import type { NamedSecret } from "../types.ts";
import { withDerivedSecrets } from "./derived.ts";
import { base64Forms } from "./encodings.ts";
import { secretForms } from "./forms.ts";

/** Values shorter than this occur in what is sent by chance: nothing is held because of them. */
export const SHORTEST_GUARDED = 6;

/**
 * Every text that the secret is likely to be sent as: what the redactor would replace, without what is too short to tell
 * it, and with the base64 of the Latin-1 bytes that some clients make of a password.
 */
export function guardedForms(secret: NamedSecret): string[] {
  const values = new Set(withDerivedSecrets(secret).map(({ value }) => value.trim()));
  const telling = [...values].filter((value) => Array.from(value).length >= SHORTEST_GUARDED);
  const forms = telling.flatMap((value) => [...secretForms(value), ...latin1Base64(value)]);
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_GUARDED);
}

function latin1Base64(value: string): string[] {
  const units = Array.from(value, (char) => char.codePointAt(0) ?? 0);
  const isLatin1 = units.every((unit) => unit < 0x100);
  return isLatin1 && units.some((unit) => unit >= 0x80) ? base64Forms(Uint8Array.from(units)) : [];
}
