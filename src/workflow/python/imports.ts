import { scanPython } from "./scan.ts";
import type { PythonModule, Statement } from "./statements.ts";

/** One imported thing, written one way: `import a.b as c` or `from x import y as z`. */
type ImportKey = string;

/**
 * The imports of `template` that `code` lacks, as lines to put at its top: `future` for those `from __future__`, which
 * have to come first. Comments above an import come along, `# pipedream add-package` for instance.
 */
export function missingImports(
  code: PythonModule,
  template: PythonModule,
): { readonly future: string; readonly others: string } {
  const known = new Set(importsOf(code).flatMap((statement) => keysOf(textOf(code, statement))));
  const missing = (kind: "future" | "import") =>
    importsOf(template)
      .filter((statement) => statement.kind === kind)
      .map((statement) => missingOf(template, statement, known))
      .join("");
  const future = missing("future");
  const imports = missing("import");
  return { future, others: missingPackageComments(code, template, future + imports) + imports };
}

/** Where imports go: behind the docstring, opening comments and imports that are there already. */
export function importPlaces(module: PythonModule): { readonly future: number; readonly others: number } {
  const header = endOfOpeningComments(module);
  let future = header;
  let others = header;
  for (const { kind, end } of module.statements) {
    if (kind !== "docstring" && kind !== "future" && kind !== "import") break;
    others = end;
    if (kind !== "import") future = end;
  }
  return { future, others };
}

function importsOf(module: PythonModule): Statement[] {
  return module.statements.filter(({ kind }) => kind === "import" || kind === "future");
}

function textOf(module: PythonModule, statement: Statement): string {
  return module.code.slice(statement.codeStart, statement.end);
}

function missingOf(template: PythonModule, statement: Statement, known: Set<ImportKey>): string {
  const keys = keysOf(textOf(template, statement));
  const missing = keys.filter((key) => !known.has(key));
  for (const key of missing) known.add(key);
  if (missing.length === 0) return "";
  const whole = template.code.slice(statement.start, statement.end);
  if (missing.length === keys.length) return whole.endsWith("\n") ? whole : `${whole}\n`;
  const comments = template.code.slice(statement.start, statement.codeStart);
  return comments + oneStatement(missing);
}

/** Keys of the same statement joined again: `from x import a, b`. */
function oneStatement(keys: readonly ImportKey[]): string {
  const head = /^(?:from .* import|import) /.exec(keys[0] ?? "")?.[0] ?? "import ";
  return `${head}${keys.map((key) => key.slice(head.length)).join(", ")}\n`;
}

function keysOf(statement: string): ImportKey[] {
  const text = withoutComments(statement)
    .replace(/\\\r?\n/g, " ")
    .replace(/[()]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const [, head, list] = /^(from (?:\. ?)*[^ ]* ?import|import) (.*)$/.exec(text) ?? [];
  if (head === undefined || list === undefined) return [text];
  return list
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "")
    .map((item) => `${head} ${item}`);
}

function withoutComments(code: string): string {
  const { comments } = scanPython(code);
  return comments.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), code);
}

const ADD_PACKAGE = /^#\s*pipedream\s+add-package\s+(\S+)/;

/** Lines `# pipedream add-package NAME` that neither `code` nor `taken` has. */
function missingPackageComments(code: PythonModule, template: PythonModule, taken: string): string {
  const packages = (module: PythonModule) =>
    module.comments
      .map(({ start, end }) => module.code.slice(start, end).trim())
      .filter((comment) => ADD_PACKAGE.test(comment));
  const known = new Set(packages(code));
  return packages(template)
    .filter((comment) => !known.has(comment) && !taken.includes(comment))
    .map((comment) => `${comment}\n`)
    .join("");
}

/** The end of the comments that open the file, where a blank line sets them apart from the first statement. */
function endOfOpeningComments(module: PythonModule): number {
  let end = 0;
  for (const line of module.lines) {
    if (line.kind === "code") return Math.min(end, module.statements[0]?.start ?? end);
    if (line.kind === "comment") end = line.end;
  }
  return end;
}
