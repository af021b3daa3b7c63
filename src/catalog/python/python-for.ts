import { fieldsIn } from "../fields.ts";
import type { App, CredentialPlacement } from "../types.ts";
import { pyCall, pyCollection, pyString, pyTemplate, pyValue } from "./literals.ts";
import { assignments, type Variable, variablesFor } from "./variables.ts";

/** The code of *Run Python with any APP API*: the app's own where it has one, else its test request. */
export function pythonFor(app: App): string {
  return app.python ?? requestCode(app);
}

/** One `name: value` of a dict; `field` names the optional field without which it must be left out. */
interface Entry {
  readonly key: string;
  readonly value: string;
  readonly onlyWith: string | null;
}

function requestCode(app: App): string {
  const { method, url, headers, json } = app.testRequest;
  const texts = [url, JSON.stringify([headers, json, app.placements])];
  const variables = variablesFor(app, new Set(texts.flatMap(fieldsIn)));
  const variable = (field: string) => variables.find((one) => one.field.name === field)?.name ?? field;

  const [address = "", query] = url.split("?", 2);
  const dicts = {
    headers: [...placed(app, "header", variables), ...fixedEntries(headers ?? {}, variable)],
    params: [
      ...fixedEntries(Object.fromEntries(new URLSearchParams(query)), variable),
      ...placed(app, "query", variables),
    ],
  };
  const args = [pyTemplate(address, variable)];
  const lines = assignments(app, variables);
  for (const [name, entries] of Object.entries(dicts)) {
    if (entries.length === 0) continue;
    lines.push(...dictLines(name, entries));
    args.push(`${name}=${name}`);
  }
  const basic = app.placements.find((placement) => placement.in === "basic");
  if (basic !== undefined) {
    args.push(`auth=(${pyTemplate(basic.username, variable)}, ${pyTemplate(basic.password, variable)})`);
  }
  const inBody = placed(app, "body", variables);
  if (json !== undefined || inBody.length > 0) {
    lines.push(...bodyLines(json, inBody, variable));
    args.push("json=body");
  }
  lines.push(`# API reference: ${app.docsUrl}`);
  lines.push(pyCall(`r = requests.${method.toLowerCase()}`, args, 1).trimStart());
  lines.push("r.raise_for_status()", "return r.json()");
  return `import requests\n\n\ndef handler(pd: "pipedream"):\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

/** The entries that placements of one kind make. */
function placed(app: App, kind: CredentialPlacement["in"], variables: readonly Variable[]): Entry[] {
  const variable = (field: string) => variables.find((one) => one.field.name === field);
  return app.placements.flatMap((placement) => {
    if (placement.in !== kind || !("value" in placement)) return [];
    const doubtful = fieldsIn(placement.value)
      .map(variable)
      .find((one) => one?.certain === false);
    const value = pyTemplate(placement.value, (field) => variable(field)?.name ?? field);
    return [{ key: placement.name, value, onlyWith: doubtful?.name ?? null }];
  });
}

function fixedEntries(
  values: Readonly<Record<string, string>>,
  variable: (field: string) => string,
): Entry[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: pyTemplate(value, variable),
    onlyWith: null,
  }));
}

function dictLines(name: string, entries: readonly Entry[]): string[] {
  const certain = entries.filter((entry) => entry.onlyWith === null);
  const items = certain.map(({ key, value }) => `${pyString(key)}: ${value}`);
  return [`${name} = ${pyCollection("{", items, "}", 1)}`, ...optionalLines(name, entries)];
}

function bodyLines(json: unknown, placed: readonly Entry[], variable: (field: string) => string): string[] {
  const lines = [`body = ${pyValue(json ?? {}, variable, 1)}`];
  for (const { key, value, onlyWith } of placed) {
    if (onlyWith === null) lines.push(`body[${pyString(key)}] = ${value}`);
  }
  return [...lines, ...optionalLines("body", placed)];
}

/** What goes in only if the account has the field. */
function optionalLines(name: string, entries: readonly Entry[]): string[] {
  return entries.flatMap(({ key, value, onlyWith }) =>
    onlyWith === null ? [] : [`if ${onlyWith}:`, `    ${name}[${pyString(key)}] = ${value}`],
  );
}
