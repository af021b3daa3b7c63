import { knownTypes } from "../language/stubs/known-types.ts";
import { membersOf, type StubMember } from "../language/stubs/stub-members.ts";

/** What a step can read with subscripts: `pd.steps`, `pd.inputs`, each as nested plain data. */
export interface CompletionRoots {
  readonly steps: unknown;
  readonly inputs: unknown;
  /** Names of the environment variables. */
  readonly variables: readonly string[];
}

export interface Completion {
  readonly label: string;
  /** What is put in the place of the typed part. */
  readonly insert: string;
  readonly detail: string;
  readonly documentation?: string | undefined;
}

/** What fits at the cursor, and how many characters before it are the typed part. */
export interface CompletionsAt {
  /** `member`: an attribute of `pd` or of what is under it; `key`: a string in a subscript. */
  readonly kind: "member" | "key";
  readonly typed: number;
  readonly items: readonly Completion[];
}

const subscript = /\bpd\.(steps|inputs)((?:\[(?:"[^"\n]*"|'[^'\n]*'|\d+)\])*)\[(["'])([^"'\n]*)$/;
const variable = /\b(?:environ\s*(?:\[|\.\s*get\s*\()|getenv\s*\()\s*(["'])([^"'\n]*)$/;
const member = /(?<![\w.)\]])(pd|console)((?:\.\w+)*)\.(\w*)$/;
const storeMember = /\bpd\.inputs\[(["'])data_store\1\]\.(\w*)$/;

/** Names that are there without an import, by their class in the stub. */
const classes: Readonly<Record<string, string>> = { pd: "pipedream", console: "Console" };
/** The same stub that the language server has: what is offered doesn't change when that is there. */
const members = membersOf(knownTypes);

/** Completions for what stands before the cursor on its line, or null where there are none of ours. */
export function completionsAt(before: string, roots: () => CompletionRoots): CompletionsAt | null {
  const found = subscript.exec(before);
  if (found !== null) {
    const [, root, path = "", , typed = ""] = found;
    const data = roots();
    const value = walk(root === "steps" ? data.steps : data.inputs, path);
    return { kind: "key", typed: typed.length, items: keysOf(value) };
  }
  const ofVariable = variable.exec(before)?.[2];
  if (ofVariable !== undefined) {
    const items = roots().variables.map((name) => ({
      label: name,
      insert: name,
      detail: "environment variable",
    }));
    return { kind: "key", typed: ofVariable.length, items };
  }
  const [, , ofStore] = storeMember.exec(before) ?? [];
  if (ofStore !== undefined) return membersAt("DataStore", ofStore);
  const [, name = "", path = "", typed = ""] = member.exec(before) ?? [];
  const type = path
    .split(".")
    .slice(1)
    .reduce(
      (owner, attribute) => members.get(owner)?.find((each) => each.name === attribute)?.type ?? "",
      classes[name] ?? "",
    );
  return membersAt(type, typed);
}

function membersAt(type: string, typed: string): CompletionsAt | null {
  const found = members.get(type) ?? [];
  return found.length === 0 ? null : { kind: "member", typed: typed.length, items: found.map(memberItem) };
}

function memberItem({ name, signature, documentation }: StubMember): Completion {
  return signature === null
    ? { label: name, insert: name, detail: documentation }
    : { label: name, insert: name, detail: signature, documentation };
}

/** Follows `["a"][0]['b']`. */
function walk(root: unknown, path: string): unknown {
  let value = root;
  for (const [, double, single, index] of path.matchAll(/\[(?:"([^"]*)"|'([^']*)'|(\d+))\]/g)) {
    if (value === null || typeof value !== "object") return undefined;
    const key = double ?? single ?? index ?? "";
    value = child(value, key) ?? child(child(value, "$return_value"), key);
  }
  return value;
}

function child(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object" && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

const most = 200;

function keysOf(value: unknown): readonly Completion[] {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return Object.entries(value)
    .slice(0, most)
    .map(([key, item]) => ({ label: key, insert: key, detail: previewOf(item) }));
}

function previewOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `list of ${value.length}`;
  if (typeof value === "object") return "dict";
  if (typeof value === "string") return value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return String(value);
}
