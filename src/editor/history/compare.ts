import type { PastRun, PastStep } from "../../runs/index.ts";
import { parseExact, printExact } from "../results/tree/parse.ts";

/** One text in two runs; null: it wasn't there, or was too large to be kept. */
export interface ComparedText {
  readonly older: string | null;
  readonly newer: string | null;
}

/** A step of either run; null: it was not a part of that one. */
export interface ComparedStepPair {
  readonly id: string;
  readonly name: string;
  readonly older: PastStep | null;
  readonly newer: PastStep | null;
}

/** Characters of exports up to which they are laid out in lines. */
const PRETTY_UP_TO = 1_000_000;

/** The steps of both runs, by their ids: in the newer one's order, then those that only the older one has. */
export function compareSteps(older: PastRun, newer: PastRun): readonly ComparedStepPair[] {
  const before = new Map(older.steps.map((past) => [past.step.id, past]));
  const pairs = newer.steps.map((past) => {
    const other = before.get(past.step.id) ?? null;
    before.delete(past.step.id);
    return { id: past.step.id, name: past.step.name, older: other, newer: past };
  });
  const gone = [...before.values()].map((past) => ({
    id: past.step.id,
    name: past.step.name,
    older: past,
    newer: null,
  }));
  return [...pairs, ...gone];
}

/** Exports in lines, so that what differs is a line; numbers as they are written. */
export function exportsOf(past: PastStep | null): string | null {
  const json = past?.result?.exportsJson ?? null;
  if (json === null || json.length > PRETTY_UP_TO) return json;
  const parsed = parseExact(json);
  return parsed.ok ? printExact(parsed.value) : json;
}
