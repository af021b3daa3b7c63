import type { GuardedSecret } from "../protocol.ts";
import { type BytePatterns, compilePatterns } from "./byte-patterns.ts";

const utf8 = new TextEncoder();

/** What to look for in bytes that go to one host. */
export interface ForeignSecrets {
  readonly patterns: BytePatterns;
  /** The secret behind a pattern, by its number. */
  readonly secretOf: (pattern: number) => GuardedSecret | undefined;
}

/** The secrets of one run, ready to be looked for. */
export interface GuardedPatterns {
  /** Those that do not belong to the host, as they stand in what is sent. */
  inBytes(host: string): ForeignSecrets;
  /** The same as they stand in a host name, which is written in small letters. */
  inHostNames(host: string): ForeignSecrets;
}

export function createGuardedPatterns(secrets: readonly GuardedSecret[]): GuardedPatterns {
  const owners = new Map<string, GuardedSecret[]>();
  for (const secret of secrets) {
    for (const form of shortestForms(secret.forms)) {
      const others = owners.get(form);
      if (others) others.push(secret);
      else owners.set(form, [secret]);
    }
  }

  function compile(isForeign: (secret: GuardedSecret) => boolean, written: (form: string) => string) {
    const forms = new Map<string, GuardedSecret>();
    for (const [form, [first, ...others]] of owners) {
      // What belongs to several apps may go to the hosts of any of them.
      if (first && [first, ...others].every(isForeign)) forms.set(written(form), first);
    }
    const found = [...forms.values()];
    return {
      patterns: compilePatterns([...forms.keys()].map((form) => utf8.encode(form))),
      secretOf: (pattern: number) => found[pattern],
    };
  }

  const compiled = new Map<string, ForeignSecrets>();
  function cached(kind: string, host: string, written: (form: string) => string): ForeignSecrets {
    // Hosts to which the same secrets belong share the tables.
    const belonging = new Set(secrets.filter((secret) => secret.belongsTo(host)));
    const key = kind + secrets.map((secret) => (belonging.has(secret) ? "1" : "0")).join("");
    const known = compiled.get(key) ?? compile((secret) => !belonging.has(secret), written);
    compiled.set(key, known);
    return known;
  }

  return {
    inBytes: (host) => cached("bytes ", host, (form) => form),
    inHostNames: (host) => cached("names ", host, (form) => form.toLowerCase()),
  };
}

/** Without those that hold another one, which would be found anyway. */
function shortestForms(given: readonly string[]): string[] {
  const forms = [...new Set(given)];
  const bytes = forms.map((form) => utf8.encode(form));
  const patterns = compilePatterns(bytes);
  return forms.filter((_, index) => {
    let holdsAnother = false;
    patterns.search(bytes[index] ?? new Uint8Array(), ({ pattern }) => {
      holdsAnother ||= pattern !== index;
    });
    return !holdsAnother;
  });
}
