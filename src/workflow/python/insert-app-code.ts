import { isUntouchedBlank } from "../create.ts";
import { identifierPart } from "../names.ts";
import { findHandler, type Handler } from "./handler.ts";
import { importPlaces, missingImports } from "./imports.ts";
import { type PythonModule, parseModule, replaceName, usesName } from "./statements.ts";

interface Insertion {
  readonly at: number;
  /** What stands from `at` to here is left out. */
  readonly until?: number;
  readonly text: string;
}

/**
 * Brings an app's template into a step's code.
 *
 * - A blank step that nobody has touched becomes the template.
 * - Else the body of the template's handler becomes a function of its own, `call_slack` for the slug `slack`, above the
 *   step's handler, and the handler's first line calls it and keeps what it returns: `slack_result = call_slack(pd)`.
 *   Names that are taken get a number: `call_slack_2`.
 * - Imports that the code lacks go to its top, below a docstring, opening comments and the imports that are there.
 * - Whatever else the template defines goes above the function, under another name where the code uses its name.
 * - Code without a handler gets the template's handler; a script of the older form gets the function and no call, since
 *   there is no `pd` to call it with.
 */
export function insertAppCode(code: string, template: string, slug: string): string {
  const newTemplate = template.replace(/\r\n/g, "\n");
  if (isUntouchedBlank(code)) return newTemplate;
  const newline = code.includes("\r\n") ? "\r\n" : "\n";
  const merged = merge(code.replace(/\r\n/g, "\n"), newTemplate, slug);
  return merged.replace(/\n/g, newline);
}

function merge(code: string, template: string, slug: string): string {
  const module = parseModule(code.endsWith("\n") ? code : `${code}\n`);
  const source = parseModule(withFreeNames(module, template));
  const request = findHandler(source);
  const handler = findHandler(module);
  const keepsHandler = handler !== null || module.code.includes("script_helpers");
  if (request === null || !keepsHandler)
    return apply(module.code, [
      ...importInsertions(module, source),
      appended(module, definitions(source, null, "")),
    ]);

  const part = identifierPart(slug);
  const name = freeNameIn(module, part === "" ? "call_app" : `call_${part}`);
  const functions = definitions(source, request, name);
  if (handler === null)
    return apply(module.code, [...importInsertions(module, source), appended(module, functions)]);

  const result = freeNameIn(module, /^[A-Za-z]/.test(part) ? `${part}_result` : "app_result");
  const call = `${result} = ${request.isAsync ? "await " : ""}${name}(${handler.parameter || "pd"})`;
  const imports = importInsertions(module, source);
  const { start } = handler.statement;
  const importsAbove = imports.length > 0 && module.code.slice(imports.at(-1)?.at, start).trim() === "";
  const above = importsAbove ? "" : blankLinesBefore(module.code, start);
  return apply(module.code, [
    ...imports,
    { at: start, text: `${above}${functions}\n\n` },
    ...(request.isAsync && !handler.isAsync ? [{ at: handler.defStart, text: "async " }] : []),
    callInsertion(handler, call),
  ]);
}

function importInsertions(module: PythonModule, template: PythonModule): Insertion[] {
  const { future, others } = missingImports(module, template);
  const places = importPlaces(module);
  return [
    { at: places.future, text: future },
    { at: places.others, text: spaced(module.code, places.others, others) },
  ].filter(({ text }) => text !== "");
}

/** Two blank lines below imports where code follows that isn't one. */
function spaced(code: string, at: number, imports: string): string {
  if (imports === "") return "";
  const rest = code.slice(at);
  const above =
    at === 0 || /\n\s*\n$/.test(code.slice(0, at)) || endsWithImport(code.slice(0, at)) ? "" : "\n";
  return above + imports + "\n".repeat(Math.max(0, 2 - (/^\n*/.exec(rest)?.[0].length ?? 0)));
}

/** What is missing for two blank lines between what stands before `at` and what comes there. */
function blankLinesBefore(code: string, at: number): string {
  const before = code.slice(0, at);
  return before.trim() === "" ? "" : "\n".repeat(Math.max(0, 3 - (/\n*$/.exec(before)?.[0].length ?? 0)));
}

function endsWithImport(code: string): boolean {
  return parseModule(code).statements.at(-1)?.kind === "import";
}

function callInsertion(handler: Handler, call: string): Insertion {
  if (handler.isOneLine)
    return {
      at: handler.signatureEnd,
      until: handler.bodyStart,
      text: `\n${handler.indent}${call}\n${handler.indent}`,
    };
  return { at: handler.bodyStart, text: `${handler.indent}${call}\n` };
}

function appended(module: PythonModule, text: string): Insertion {
  return { at: module.code.length, text: `${module.code.trim() === "" ? "" : "\n\n"}${text}` };
}

/** What the template defines besides its imports, its handler under `name` (as it is without `request`). */
function definitions(template: PythonModule, request: Handler | null, name: string): string {
  return template.statements
    .filter(({ kind }) => kind === "definition" || kind === "other")
    .map((statement) => {
      const text = (from: number, to: number) => template.code.slice(from, to);
      if (statement !== request?.statement) return text(statement.start, statement.end);
      const { nameStart } = request;
      return text(statement.start, nameStart) + name + text(nameStart + "handler".length, statement.end);
    })
    .map((text) => `${text.trimEnd()}\n`)
    .join("\n\n");
}

/** The template without what the code defines to the letter already, and with other names for what clashes. */
function withFreeNames(module: PythonModule, template: string): string {
  const textOf = (from: PythonModule, { codeStart, end }: { codeStart: number; end: number }) =>
    from.code.slice(codeStart, end).trimEnd();
  const known = new Set(module.statements.map((statement) => textOf(module, statement)));
  let text = template;
  for (const { name } of parseModule(template).statements) {
    if (name === null || name === "handler" || !usesName(module, name)) continue;
    const current = parseModule(text);
    const statement = current.statements.find((candidate) => candidate.name === name);
    if (statement === undefined) continue;
    text = known.has(textOf(current, statement))
      ? text.slice(0, statement.start) + text.slice(statement.end)
      : replaceName(text, name, freeNameIn(module, name));
  }
  return text;
}

function freeNameIn(module: PythonModule, wanted: string): string {
  if (!usesName(module, wanted)) return wanted;
  for (let number = 2; ; number += 1)
    if (!usesName(module, `${wanted}_${number}`)) return `${wanted}_${number}`;
}

/** Puts all texts in; at one place in the order given. */
function apply(code: string, insertions: readonly Insertion[]): string {
  let result = "";
  let done = 0;
  for (const { at, until = at, text } of insertions.toSorted((a, b) => a.at - b.at)) {
    result += code.slice(done, at) + text;
    done = until;
  }
  return result + code.slice(done);
}
