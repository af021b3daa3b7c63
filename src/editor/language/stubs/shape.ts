/**
 * What kind of data a value is, without the value: which keys its dicts have and of what type the things under them are. Made from
 * what steps export, so that the editor can complete and check what later steps read. Nothing of a value is ever in it but the names
 * of keys.
 */
export type Shape = {
  /** It was `None` in some of the values seen. */
  readonly nullable: boolean;
} & (
  | { readonly kind: "any" | "none" | "bool" | "int" | "float" | "str" }
  /** `item` null: only empty lists were seen. */
  | { readonly kind: "list"; readonly item: Shape | null }
  /** `whole` false: there are more keys than are listed. */
  | { readonly kind: "dict"; readonly fields: ReadonlyMap<string, Shape>; readonly whole: boolean }
);

export const anything: Shape = { kind: "any", nullable: false };

/** Bounds of one shape: whatever is beyond is `any`. */
const MOST_KEYS = 200;
const MOST_DEPTH = 12;
const MOST_NODES = 3000;
/** Of a long list its first items and some from all over it are looked at. */
const MOST_ITEMS = 60;

/** The shape of a JSON value. */
export function shapeOf(value: unknown): Shape {
  let nodes = 0;
  const look = (part: unknown, depth: number): Shape => {
    nodes += 1;
    if (part === null) return { kind: "none", nullable: true };
    if (typeof part === "string") return { kind: "str", nullable: false };
    if (typeof part === "boolean") return { kind: "bool", nullable: false };
    if (typeof part === "number") return { kind: Number.isInteger(part) ? "int" : "float", nullable: false };
    if (typeof part !== "object" || depth > MOST_DEPTH || nodes > MOST_NODES) return anything;
    if (Array.isArray(part)) {
      const items = sample(part).map((item) => look(item, depth + 1));
      return { kind: "list", nullable: false, item: items.reduce<Shape | null>(mergeMaybe, null) };
    }
    const keys = Object.keys(part);
    const fields = new Map(
      keys
        .slice(0, MOST_KEYS)
        .map((key) => [key, look((part as Record<string, unknown>)[key], depth + 1)] as const),
    );
    return { kind: "dict", nullable: false, fields, whole: keys.length <= MOST_KEYS };
  };
  return look(value, 0);
}

/** The shape of all that has the one shape or the other. */
export function mergeShapes(a: Shape, b: Shape): Shape {
  const nullable = a.nullable || b.nullable;
  if (a.kind === "none") return { ...b, nullable };
  if (b.kind === "none") return { ...a, nullable };
  if (a.kind === "list" && b.kind === "list")
    return { kind: "list", nullable, item: b.item === null ? a.item : mergeMaybe(a.item, b.item) };
  if (a.kind === "dict" && b.kind === "dict") {
    const fields = new Map(a.fields);
    for (const [key, shape] of b.fields) fields.set(key, mergeMaybe(fields.get(key) ?? null, shape));
    return { kind: "dict", nullable, fields, whole: a.whole && b.whole };
  }
  if (a.kind === b.kind) return { ...a, nullable };
  const numbers = [a.kind, b.kind].every((kind) => kind === "int" || kind === "float");
  return { kind: numbers ? "float" : "any", nullable };
}

function mergeMaybe(a: Shape | null, b: Shape): Shape {
  return a === null ? b : mergeShapes(a, b);
}

function sample(list: readonly unknown[]): readonly unknown[] {
  if (list.length <= MOST_ITEMS) return list;
  const stride = list.length / (MOST_ITEMS / 2);
  return [
    ...list.slice(0, MOST_ITEMS / 2),
    ...Array.from({ length: MOST_ITEMS / 2 }, (_, index) => list[Math.floor(index * stride)]),
  ];
}
