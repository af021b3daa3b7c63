import { markOf } from "../../lib/mark.ts";
import type { GuardedSecret, NetworkAnswer, SecretQuestion } from "../protocol.ts";
import { createPatternStream } from "./byte-patterns.ts";
import { createGuardedPatterns, type ForeignSecrets, type GuardedPatterns } from "./guarded-patterns.ts";
import { targetOf } from "./permissions.ts";
import { createPlaceFinder, type Place } from "./secret-places.ts";

/** Questions about secrets that may be open at a time; what goes beyond is refused. */
const MAX_QUESTIONS = 16;

const utf8 = new TextEncoder();

/**
 * Whether something may be sent: null at once where nothing is to be asked; else null once the person allows it, or the
 * sentence that says why it was not sent.
 */
export type Clearance = Promise<string | null> | null;

/** Looks at all bytes of one connection, in the order in which they go. */
export interface SecretWatch {
  next(piece: Uint8Array): Clearance;
}

/** A part of a request that is known as a whole. */
export interface RequestPart {
  readonly place: Place;
  readonly content: string | Uint8Array;
}

/** Holds what carries an account's secret to a host that is none of its app's, until the person was asked. */
export interface SecretGuard {
  watch(host: string, port: number | null): SecretWatch;
  /** The name itself, which look-ups and handshakes tell others. `port` null: it is only looked up. */
  hostName(host: string, port: number | null): Clearance;
  /** The name for questions, lists and errors: with the mark of each secret that it holds. */
  shown(host: string): string;
  request(host: string, port: number | null, parts: readonly RequestPart[]): Clearance;
}

export interface SecretGuardDeps {
  /** Of the run that goes on: the same array as long as it is the same run. */
  readonly secrets: () => readonly GuardedSecret[];
  readonly ask: (question: SecretQuestion) => Promise<NetworkAnswer>;
}

interface Found {
  readonly secret: GuardedSecret;
  readonly place: Place;
}

/** Each secret is asked about once in a run for each host, however many connections wait, and whatever the answer. */
export function createSecretGuard({ secrets, ask }: SecretGuardDeps): SecretGuard {
  let ofRun: readonly GuardedSecret[] = [];
  let patterns: GuardedPatterns = createGuardedPatterns([]);
  let answers = new Map<string, Promise<NetworkAnswer>>();
  let open = 0;

  /** The patterns of the run that goes on now. */
  function current(): GuardedPatterns {
    const now = secrets();
    if (now !== ofRun) {
      ofRun = now;
      patterns = createGuardedPatterns(now);
      answers = new Map();
    }
    return patterns;
  }

  async function answerTo(question: SecretQuestion): Promise<NetworkAnswer> {
    if (open >= MAX_QUESTIONS) return "deny";
    open += 1;
    return ask(question)
      .catch((): NetworkAnswer => "deny")
      .finally(() => {
        open -= 1;
      });
  }

  function shown(given: string): string {
    const host = plainHost(given);
    const spans = spansIn(current().inHostNames(host), host);
    return spans.length === 0 ? given : withMarks(host, spans);
  }

  async function clear(found: readonly Found[], to: string, port: number | null): Promise<string | null> {
    const host = shown(to);
    for (const { secret, place } of found) {
      const key = JSON.stringify([secret.name, secret.account, host]);
      const question: SecretQuestion = {
        kind: "secret",
        host,
        port,
        secret: secret.name,
        account: secret.account,
        place,
      };
      const answer = answers.get(key) ?? answerTo(question);
      answers.set(key, answer);
      if ((await answer) === "deny") return secretDenial(question);
    }
    return null;
  }

  return {
    watch(given, port) {
      const host = plainHost(given);
      const foreign = current().inBytes(host);
      const stream = createPatternStream(foreign.patterns);
      const places = createPlaceFinder();
      const allowed = new Set<GuardedSecret>();
      return {
        next(piece) {
          const first = new Map<GuardedSecret, number>();
          stream.push(piece, ({ pattern, start }) => {
            const secret = foreign.secretOf(pattern);
            if (!secret || allowed.has(secret)) return;
            first.set(secret, Math.min(start, first.get(secret) ?? start));
          });
          const placeOf = places.next(piece);
          if (first.size === 0) return null;
          const found = [...first].map(([secret, start]) => ({ secret, place: placeOf(start) }));
          return clear(found, host, port).then((denied) => {
            if (denied === null) for (const { secret } of found) allowed.add(secret);
            return denied;
          });
        },
      };
    },
    hostName(given, port) {
      const host = plainHost(given);
      const secretsInName = new Set(spansIn(current().inHostNames(host), host).map(({ secret }) => secret));
      if (secretsInName.size === 0) return null;
      const found = [...secretsInName].map((secret) => ({ secret, place: "address" }) as const);
      return clear(found, host, port);
    },
    shown,
    request(given, port, parts) {
      const host = plainHost(given);
      const foreign = current().inBytes(host);
      const found = new Map<GuardedSecret, Found>();
      for (const { place, content } of parts) {
        const bytes = typeof content === "string" ? utf8.encode(content) : content;
        foreign.patterns.search(bytes, ({ pattern }) => {
          const secret = foreign.secretOf(pattern);
          if (secret && !found.has(secret)) found.set(secret, { secret, place });
        });
      }
      return found.size === 0 ? null : clear([...found.values()], host, port);
    },
  };
}

/** What Python is told after a no: its `PermissionError`. */
function secretDenial({ secret, account, host, port }: SecretQuestion): string {
  return (
    `${secret} of the account ${account} was not sent to ${targetOf(host, port)}, which is none of its app's hosts. ` +
    "Test the step again and choose Send once or Always send there when Runnel asks."
  );
}

/** As names are compared: small letters, without the dot at the end and without brackets. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^\[|\]$/g, "");
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly secret: GuardedSecret;
}

function spansIn({ patterns, secretOf }: ForeignSecrets, host: string): Span[] {
  const spans: Span[] = [];
  // Beyond ASCII a name has other indices than its bytes; it is looked at as it is sent.
  patterns.search(utf8.encode(host), ({ pattern, start, end }) => {
    const secret = secretOf(pattern);
    if (secret) spans.push({ start, end, secret });
  });
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The name with each secret in it replaced by its mark: questions and rules hold no values. */
function withMarks(host: string, spans: readonly Span[]): string {
  const bytes = utf8.encode(host);
  const decoder = new TextDecoder();
  let shown = "";
  let at = 0;
  for (const { start, end, secret } of spans) {
    if (start >= at) shown += decoder.decode(bytes.subarray(at, start)) + markOf(secret.name);
    at = Math.max(at, end);
  }
  return shown + decoder.decode(bytes.subarray(at));
}
