import type { Redactor } from "../../vault/index.ts";

/**
 * Replaces secrets in `text`, also where they are written in a way that no program needs to: `%78oxb`, `\u0041`. Where one is
 * found so, the text is given as it reads decoded.
 */
export function maskText(redactor: Redactor, text: string): string {
  let shown = redactor.text(text);
  for (const read of [percentDecoded, formDecoded, escapesDecoded]) {
    const decoded = read(shown);
    if (decoded === shown) continue;
    const masked = redactor.text(decoded);
    if (masked !== decoded) shown = masked;
  }
  return shown;
}

/** As `maskText`, for the beginning of a text that went on: what may be the beginning of a secret at its end is left out. */
export function maskBeginning(redactor: Redactor, text: string): string {
  return maskText(redactor, text.slice(0, text.length - redactor.heldBack(text)));
}

export function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** A part of `application/x-www-form-urlencoded`. */
export function formDecoded(text: string): string {
  return percentDecoded(text.replaceAll("+", " "));
}

/** JSON's escapes of what needs none; a backslash that is itself escaped stays. */
function escapesDecoded(text: string): string {
  return text.replace(/\\(?:\\|\/|u([0-9a-f]{4}))/gi, (sequence, hex: string | undefined) => {
    if (sequence === "\\\\") return sequence;
    return hex === undefined ? "/" : String.fromCharCode(Number.parseInt(hex, 16));
  });
}
