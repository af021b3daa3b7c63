import { describe, expect, it } from "vitest";
import type { NamedSecret, Redactor } from "../types.ts";
import { SHORTEST_SECRET, secretForms } from "./forms.ts";
import { createRedactor } from "./redactor.ts";

/** Repeatable random numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(random: () => number, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error("Nothing to pick from.");
  return picked;
}

function textOf(random: () => number, alphabet: readonly string[], length: number): string {
  return Array.from({ length }, () => pick(random, alphabet)).join("");
}

/** Few characters, so that secrets overlap, begin and hold one another, and texts are full of halves of them. */
const ALPHABETS: readonly (readonly string[])[] = [
  ["a", "b"],
  ["a", "b", "c", "\n"],
  ["ü", "/", '"', "\\"],
  ["🔑", "x", "=", " "],
  ["$", ".", "1", "0"],
];

interface Case {
  readonly redactor: Redactor;
  readonly secrets: readonly NamedSecret[];
  readonly text: string;
}

function caseOf(seed: number): Case {
  const random = randomFrom(seed);
  const alphabet = pick(random, ALPHABETS);
  const secrets = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, index) => ({
    name: `s${index}`,
    value: textOf(random, alphabet, 4 + Math.floor(random() * 8)),
  }));
  const forms = secrets.flatMap((secret) => secretForms(secret.value));
  const parts = [...alphabet, ...forms, "⟦s0⟧", "⟦", "s1⟧"];
  const text = Array.from({ length: 30 }, () => {
    const part = pick(random, random() < 0.7 ? alphabet : parts);
    return random() < 0.3 ? part.slice(0, Math.ceil(random() * part.length)) : part;
  }).join("");
  return { redactor: createRedactor(secrets), secrets, text };
}

/** Redacts as a stream does: what is held back waits for the next piece. */
function redactInPieces(redactor: Redactor, pieces: readonly string[]): string {
  let out = "";
  let waiting = "";
  for (const piece of pieces) {
    waiting += piece;
    const ready = waiting.length - redactor.heldBack(waiting);
    out += redactor.text(waiting.slice(0, ready));
    waiting = waiting.slice(ready);
  }
  return out + redactor.text(waiting);
}

const SEEDS = Array.from({ length: 150 }, (_, index) => index + 1);

describe("for any secrets and text", () => {
  it("any split into pieces gives the same as the whole", () => {
    for (const seed of SEEDS) {
      const { redactor, text } = caseOf(seed);
      const random = randomFrom(seed + 10_000);
      const whole = redactor.text(text);
      for (const longest of [1, 3, 10, 40]) {
        const pieces: string[] = [];
        for (let at = 0; at < text.length; ) {
          const length = 1 + Math.floor(random() * longest);
          pieces.push(text.slice(at, at + length));
          at += length;
        }
        expect(redactInPieces(redactor, pieces), `seed ${seed}, pieces up to ${longest}`).toBe(whole);
      }
    }
  });

  it("nothing that could not begin a secret is held back", () => {
    for (const seed of SEEDS) {
      const { redactor, text } = caseOf(seed);
      expect(redactor.heldBack(`${text}~#~`), `seed ${seed}`).toBe(0);
    }
  });

  it("no secret is left, and replacing again changes nothing", () => {
    for (const seed of SEEDS) {
      const { redactor, secrets, text } = caseOf(seed);
      const once = redactor.text(text);
      expect(redactor.text(once), `seed ${seed}`).toBe(once);
      for (const { value } of secrets) {
        const isReplaced = Array.from(value.trim()).length >= SHORTEST_SECRET;
        if (isReplaced) expect(once, `seed ${seed}`).not.toContain(value);
      }
    }
  });

  it("JSON stays valid, keeps its shape, and replacing again changes nothing", () => {
    for (const seed of SEEDS) {
      const { redactor, secrets, text } = caseOf(seed);
      const value = { a: text, b: [text.slice(3), 1.5, true, { c: secrets.map((secret) => secret.value) }] };
      for (const indent of [0, 2]) {
        const json = JSON.stringify(value, null, indent);
        const once = redactor.json(json);
        expect(JSON.parse(once), `seed ${seed}`).toEqual({
          a: redactor.text(text),
          b: [
            redactor.text(text.slice(3)),
            1.5,
            true,
            { c: secrets.map(({ value: v }) => redactor.text(v)) },
          ],
        });
        expect(redactor.json(once), `seed ${seed}`).toBe(once);
      }
    }
  });
});
