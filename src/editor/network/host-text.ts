import { isLiteralHost, normalizeHost } from "../../lib/host-range.ts";

/** How hosts are written for people. Names come from code and files: what could deceive the eye is written out. */

/**
 * A host as it is safe to show: anything but printable ASCII (look-alike letters, marks that turn the direction of text)
 * is written as `\u{…}`, so that a name can't pose as another in a question.
 */
export function shownHost(host: string): string {
  return host.replace(/[^\x21-\x7e]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

/** `host`, `host:port`, an IPv6 address in brackets where a port follows. */
export function hostAndPort(host: string, port: number | null): string {
  const shown = shownHost(host);
  if (port === null) return shown;
  return `${shown.includes(":") ? `[${shown}]` : shown}:${port}`;
}

/** `slack.com`, `subdomains of x.com`, `x.com and its subdomains`: patterns of an app in words, in their order. */
export function patternTexts(patterns: readonly string[]): readonly string[] {
  const names = new Set(patterns.filter((pattern) => !pattern.startsWith("*.")));
  const wild = new Set(patterns.flatMap((pattern) => (pattern.startsWith("*.") ? [pattern.slice(2)] : [])));
  return [
    ...[...names].map((name) => (wild.has(name) ? `${name} and its subdomains` : name)),
    ...[...wild].filter((name) => !names.has(name)).map((name) => `subdomains of ${name}`),
  ];
}

const ranges = { loopback: "this computer", private: "private network", public: "" } as const;

/** Where an address is, in words; nothing for the public internet. */
export function rangeText(range: keyof typeof ranges): string {
  return ranges[range];
}

const LOCAL_ENDINGS = /(^|\.)(local|lan|internal|intranet|home|corp|home\.arpa|test)$/;

/** Whether a host is one that people expect in their own network: an address, a single word, `nas.local`. */
export function isLocalName(host: string): boolean {
  const name = normalizeHost(host);
  return isLiteralHost(name) || !name.includes(".") || LOCAL_ENDINGS.test(name);
}
