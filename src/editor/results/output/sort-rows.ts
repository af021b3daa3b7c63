import type { SlicedWork } from "../../../lib/slices.ts";
import { ExactNumber } from "../tree/parse.ts";
import type { Cell, Row } from "./table-rows.ts";

export interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

/** Comparisons between two places where the work can pause. */
const STRIDE = 2000;

const words = new Intl.Collator(undefined, { numeric: true });

/** Indexes of the rows in order of one column. Equal ones keep their order; what is missing comes last either way. */
export function* sortingRows(rows: readonly Row[], { column, descending }: Sorting): SlicedWork<Uint32Array> {
  const compare = (a: number, b: number): number => {
    const [left, right] = [rows[a]?.[column] ?? null, rows[b]?.[column] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return descending ? compareCells(right, left) : compareCells(left, right);
  };
  let from = Uint32Array.from(rows, (_, index) => index);
  let to = new Uint32Array(rows.length);
  let budget = STRIDE;
  // Merge sort from the bottom up: the only kind that can pause anywhere and is stable.
  for (let width = 1; width < rows.length; width *= 2) {
    for (let start = 0; start < rows.length; start += 2 * width) {
      const middle = Math.min(start + width, rows.length);
      const end = Math.min(start + 2 * width, rows.length);
      for (let left = start, right = middle, at = start; at < end; at++) {
        if (--budget === 0) {
          yield;
          budget = STRIDE;
        }
        const takesRight = right < end && (left >= middle || compare(from[right] ?? 0, from[left] ?? 0) < 0);
        to[at] = from[takesRight ? right++ : left++] ?? 0;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Numbers, then texts, by their language's order. */
function compareCells(left: NonNullable<Cell>, right: NonNullable<Cell>): number {
  const [leftIsText, rightIsText] = [typeof left === "string", typeof right === "string"];
  if (leftIsText && rightIsText) return words.compare(left as string, right as string);
  if (leftIsText !== rightIsText) return leftIsText ? 1 : -1;
  if (left instanceof ExactNumber || right instanceof ExactNumber) return compareExact(left, right);
  return Number(left) - Number(right);
}

/** Integers that JavaScript's numbers can't tell apart. */
function compareExact(left: NonNullable<Cell>, right: NonNullable<Cell>): number {
  const [a, b] = [left, right].map((cell) =>
    cell instanceof ExactNumber ? BigInt(cell.source) : Number(cell),
  );
  return a === undefined || b === undefined || a === b ? 0 : a < b ? -1 : 1;
}
