import { createSecretGuard, type SecretGuard } from "../src/runtime/network/secret-guard.ts";
import type { GuardedSecret } from "../src/runtime/protocol.ts";
import { guardedForms } from "../src/vault/redact/guarded-forms.ts";
import { randomFrom } from "./lib/random.ts";
import type { BenchRow } from "./run.ts";

const MEGABYTES = 20;
const ROUNDS = 7;
/** Bytes of one frame of the socket tunnel. */
const PIECE = 256 * 1024;

/** An upload of 20 MB that is looked through for accounts' secrets, beside the plainest look at the same bytes. */
export async function run(): Promise<BenchRow[]> {
  const uploads = { JSON: json(), "random bytes": randomBytes() };
  const cases = [
    { name: "1 token", values: tokens(1) },
    { name: "10 tokens", values: tokens(10) },
    { name: "a short password", values: ["hunter2"] },
    { name: "a private key", values: [pem()] },
  ];
  return cases.flatMap(({ name, values }) =>
    Object.entries(uploads).map(([kind, bytes]) => {
      const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, index) =>
        bytes.subarray(index * PIECE, (index + 1) * PIECE),
      );
      const secrets = values.map(guarded);
      const guard = createSecretGuard({ secrets: () => secrets, ask: async () => "deny" });
      const ours = median(() => scan(guard, pieces));
      const plain = median(() => decodeAndLook(values, pieces));
      const forms = new Set(secrets.flatMap((secret) => secret.forms)).size;
      return {
        name: `Secrets in ${MEGABYTES} MB of ${kind}, ${name}`,
        median: `${ours.toFixed(1)} ms`,
        ratio: `${(ours / plain).toFixed(2)}× TextDecoder and String.includes of each value`,
        note: `${Math.round((MEGABYTES * 1000) / ours)} MB/s, ${forms} forms; budget 500 MB/s`,
      };
    }),
  );
}

/** As the socket tunnel does for each frame of a connection. @throws Error where something is found: nothing is there. */
function scan(guard: SecretGuard, pieces: readonly Uint8Array[]): void {
  const watch = guard.watch("files.example", 443);
  for (const piece of pieces) {
    if (watch.next(piece)) throw new Error("A secret was found where none is.");
  }
}

function decodeAndLook(values: readonly string[], pieces: readonly Uint8Array[]): void {
  const decoder = new TextDecoder("latin1");
  for (const piece of pieces) {
    const text = decoder.decode(piece);
    if (values.some((value) => text.includes(value))) throw new Error("A secret was found where none is.");
  }
}

function median(work: () => void): number {
  work();
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

function guarded(value: string, index: number): GuardedSecret {
  const name = `app_${index}.$auth.token`;
  const forms = guardedForms({ name, value });
  return { name, account: "Bench", forms, belongsTo: () => false };
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const random = randomFrom(2026);
const letters = (count: number) =>
  Array.from({ length: count }, () => BASE64[Math.floor(random() * BASE64.length)]).join("");

function tokens(count: number): string[] {
  return Array.from({ length: count }, () => `xoxb-${letters(40)}`);
}

function pem(): string {
  const lines = Array.from({ length: 26 }, () => letters(64));
  return ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
}

function json(): Uint8Array {
  const people: string[] = [];
  for (let size = 0; size < MEGABYTES * 1e6; size += people.at(-1)?.length ?? 0) {
    const id = people.length;
    people.push(
      JSON.stringify({ id, name: `Person ${id}`, email: `person${id}@example.com`, key: letters(24) }),
    );
  }
  return new TextEncoder().encode(people.join(",")).subarray(0, MEGABYTES * 1e6);
}

function randomBytes(): Uint8Array {
  return Uint8Array.from({ length: MEGABYTES * 1e6 }, () => random() * 256);
}
