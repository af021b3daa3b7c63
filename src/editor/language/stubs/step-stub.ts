import { knownTypes } from "./known-types.ts";
import { anything, type Shape } from "./shape.ts";

/** What is known of one step above: null, it was never seen to export anything. */
export interface StepFacts {
  readonly name: string;
  readonly exports: Shape | null;
  /** Its code is the one that made these exports, to its end: a key that isn't among them is a mistake. */
  readonly complete: boolean;
  /** Names that its code exports, seen in the code itself. */
  readonly written: readonly string[];
}

/** What one step can read. */
export interface StepContext {
  /** The steps above it, from the first. */
  readonly above: readonly StepFacts[];
  readonly event: Shape;
  /** Attached apps and the properties of their accounts; null where they aren't known. */
  readonly apps: readonly { readonly app: string; readonly fields: readonly string[] | null }[];
  readonly dataStore: boolean;
}

/** A class of the stub: one dict that the step can read. */
export interface StubClass {
  /** What it is, for a message: `pd.steps["github"]`. */
  readonly label: string;
  readonly keys: readonly string[];
  /** A key that it doesn't list is a mistake. */
  readonly complete: boolean;
}

export interface StepStub {
  /** Python, the module `runnel_step`. */
  readonly text: string;
  readonly classes: ReadonlyMap<string, StubClass>;
}

const HEAD = `from collections.abc import Callable, ItemsView, Iterator, KeysView, MutableMapping, ValuesView
from typing import Any, NotRequired, TypedDict
`;

/**
 * The types of `pd` as one step sees it: a TypedDict for each dict whose keys are known. All keys are `NotRequired`, so that `.get`
 * may give `None`; reading one that is listed is never reported.
 */
export function stepStub({ above, event, apps, dataStore }: StepContext): StepStub {
  const classes = new Map<string, StubClass>();
  const lines: string[] = [HEAD];

  function define(
    name: string,
    label: string,
    fields: ReadonlyMap<string, string>,
    complete: boolean,
  ): string {
    classes.set(name, { label, keys: [...fields.keys()], complete });
    const listed = [...fields].map(([key, type]) => `${JSON.stringify(key)}: NotRequired[${type}]`);
    lines.push(`${name} = TypedDict("${name}", {${listed.join(", ")}})`);
    return name;
  }

  function unusedName(name: string): string {
    let unique = name;
    for (let count = 2; classes.has(unique) || taken.has(unique); count++) unique = `${name}${count}`;
    return unique;
  }

  function typeOf(shape: Shape, name: string, label: string, complete: boolean): string {
    const type = plainType(shape, name, label, complete);
    return shape.nullable && type !== "Any" ? `${type} | None` : type;
  }

  function plainType(shape: Shape, name: string, label: string, complete: boolean): string {
    // Always None so far says nothing about what else it can be.
    if (shape.kind === "any" || shape.kind === "none") return "Any";
    if (shape.kind === "list")
      return shape.item === null
        ? "list[Any]"
        : `list[${typeOf(shape.item, `${name}Item`, `${label}[…]`, complete)}]`;
    if (shape.kind !== "dict") return shape.kind;
    if (shape.fields.size === 0) return "dict[str, Any]";
    const fields = new Map<string, string>();
    for (const [key, field] of shape.fields) {
      // Most have no class, and need no name for it.
      const inner = field.kind === "dict" || field.kind === "list";
      const type = inner
        ? typeOf(field, name + camelCase(key), `${label}[${JSON.stringify(key)}]`, complete)
        : typeOf(field, "", "", complete);
      fields.set(key, type);
    }
    return define(unusedName(name), label, fields, complete && shape.whole);
  }

  /** A key that is no export is looked up in the step's return value (fact 11). */
  function exportsType({ name, exports, complete, written }: StepFacts): string {
    const label = `pd.steps[${JSON.stringify(name)}]`;
    const known = exports?.kind === "dict" ? exports.fields : new Map<string, Shape>();
    const returned = known.get("$return_value");
    const all = new Map(known);
    if (returned?.kind === "dict")
      for (const [key, shape] of returned.fields) if (!all.has(key)) all.set(key, shape);
    for (const key of written) if (!all.has(key)) all.set(key, anything);
    const whole = returned === undefined || returned.kind !== "dict" || returned.whole;
    if (all.size === 0) return "dict[str, Any]";
    const shape: Shape = { kind: "dict", nullable: false, fields: all, whole };
    return plainType(shape, camelCase(name) || "Step", label, complete);
  }

  const steps = new Map<string, string>();
  const context = plainType(contextShape, "Context", 'pd.steps["trigger"]["context"]', false);
  const eventType = typeOf(event, "Event", 'pd.steps["trigger"]["event"]', true);
  const inputs = new Map<string, string>();
  for (const { app, fields } of apps) {
    const label = `pd.inputs[${JSON.stringify(app)}]`;
    const name = camelCase(app);
    const auth =
      fields === null
        ? "dict[str, Any]"
        : define(
            unusedName(`${name}Auth`),
            `${label}["$auth"]`,
            new Map(fields.map((field) => [field, "str"])),
            true,
          );
    inputs.set(app, define(unusedName(`${name}Input`), label, new Map([["$auth", auth]]), true));
  }
  if (dataStore) inputs.set("data_store", "DataStore");
  steps.set(
    "trigger",
    define(
      unusedName("Trigger"),
      'pd.steps["trigger"]',
      new Map([
        ["event", eventType],
        ["context", context],
      ]),
      true,
    ),
  );
  for (const step of above) steps.set(step.name, exportsType(step));
  // An app of this step answers under its name where no step has it (fact S1).
  for (const [app, type] of inputs) if (!steps.has(app) && app !== "data_store") steps.set(app, type);
  define("Steps", "pd.steps", steps, true);
  define("Inputs", "pd.inputs", inputs, true);
  lines.push(knownTypes);
  return { text: lines.join("\n"), classes };
}

/** Names that the fixed part of a stub has. */
const taken = new Set(
  "Any Callable ItemsView Iterator KeysView MutableMapping ValuesView NotRequired TypedDict Steps Inputs DataStore Flow Send Console pipedream None True False".split(
    " ",
  ),
);

/** Fact 7. */
const contextShape: Shape = {
  kind: "dict",
  nullable: false,
  whole: false,
  fields: new Map<string, Shape>([
    ..."id ts workflow_id workflow_name deployment_id owner_id platform_version trace_id emitter_id"
      .split(" ")
      .map((key) => [key, { kind: "str", nullable: false }] as const),
    ["replay", { kind: "bool", nullable: false }],
  ]),
};

/** `stargazers_count` as a part of a class's name: `StargazersCount`; empty where nothing of it can be in a name. */
function camelCase(key: string): string {
  return key
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")
    .slice(0, 60)
    .replace(/^\d/, "_$&");
}
