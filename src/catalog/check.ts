import { FIELD_PATTERN, fieldsIn } from "./fields.ts";
import { allowedHosts, coversHost } from "./hosts.ts";
import type { AppFile } from "./types.ts";

/** Something wrong with an app's file, and where. */
export interface AppProblem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What the types alone can't say: templates name declared fields, hosts cover the test request, and so on. */
export function appProblems(app: AppFile): AppProblem[] {
  return [...fieldProblems(app), ...templateProblems(app), ...codeProblems(app), ...hostProblems(app)];
}

/** A value for every field that makes valid addresses: what the app's own example shows. */
function exampleFields(app: Pick<AppFile, "fields">): Record<string, string> {
  return Object.fromEntries(
    app.fields.map((field) => [field.name, field.default ?? field.placeholder ?? "example"]),
  );
}

function fieldProblems(app: AppFile): AppProblem[] {
  const problems: AppProblem[] = [];
  const needed = new Set(templates(app).flatMap(({ text }) => fieldsIn(text)));
  const code = [...(app.python ?? []), ...(app.templates ?? []).flatMap((one) => one.python)].join("\n");
  app.fields.forEach((field, index) => {
    const add = (message: string) => problems.push({ path: ["fields", index], message });
    if (app.fields.findIndex((other) => other.name === field.name) !== index) add("is declared twice");
    if (field.default !== undefined && !field.optional) add("has a default, so it must be optional");
    const used = needed.has(field.name) || new RegExp(`["']${field.name}["']`).test(code);
    if (!field.optional && !used) add("is required, yet no placement, address or code uses it");
  });
  return problems;
}

function templateProblems(app: AppFile): AppProblem[] {
  const problems: AppProblem[] = [];
  for (const { path, text, complete } of templates(app)) {
    for (const name of fieldsIn(text)) {
      const field = app.fields.find((one) => one.name === name);
      if (field === undefined)
        problems.push({ path, message: `names the field "${name}", which is not there` });
      else if (complete && field.optional && field.default === undefined) {
        problems.push({ path, message: `can't do without "${name}": require it, or give it a default` });
      }
    }
  }
  return problems;
}

function codeProblems(app: AppFile): AppProblem[] {
  const problems: AppProblem[] = [];
  const needsCode = app.placements.some((placement) => placement.in === "code");
  const { method, json } = app.testRequest;
  if (needsCode && app.python === undefined) {
    problems.push({ path: ["python"], message: 'a placement in "code" needs the app\'s own Python' });
  }
  if (method === "CONNECT" && !needsCode) {
    problems.push({ path: ["testRequest", "method"], message: 'CONNECT goes with a placement in "code"' });
  }
  if (method === "GET" && (json !== undefined || app.placements.some((one) => one.in === "body"))) {
    problems.push({ path: ["testRequest", "method"], message: "a GET request has no body" });
  }
  if (app.authType !== "none" && app.placements.length === 0) {
    problems.push({ path: ["placements"], message: "says nowhere how the credential is sent" });
  }
  return problems;
}

function hostProblems(app: AppFile): AppProblem[] {
  const fields = exampleFields(app);
  const address = app.testRequest.url.replace(FIELD_PATTERN, (_, name: string) => fields[name] ?? "example");
  const path = ["testRequest", "url"];
  try {
    const { hostname, protocol } = new URL(address);
    if (protocol === "http:") return [{ path, message: "must not send a credential over plain http" }];
    if (coversHost(allowedHosts(app, fields), hostname)) return [];
    return [{ path, message: `goes to ${hostname}, which is not among the hosts` }];
  } catch {
    return [{ path, message: `is no address once the example values stand in it: ${address}` }];
  }
}

/** Every text of the file that may hold `{field}`; `complete`: nothing of it can be left out. */
function templates(app: AppFile): { path: (string | number)[]; text: string; complete: boolean }[] {
  const request = app.testRequest;
  return [
    ...app.hosts.map((text, index) => ({ path: ["hosts", index], text, complete: false })),
    { path: ["testRequest", "url"], text: request.url, complete: true },
    ...Object.entries(request.headers ?? {}).map(([name, text]) => ({
      path: ["testRequest", "headers", name],
      text,
      complete: true,
    })),
    ...textsIn(request.json).map((text) => ({ path: ["testRequest", "json"], text, complete: true })),
    ...app.placements.flatMap((placement, index) => {
      const path = ["placements", index];
      if (placement.in === "path" || placement.in === "code") return [];
      if (placement.in !== "basic") return [{ path, text: placement.value, complete: false }];
      return [placement.username, placement.password].map((text) => ({ path, text, complete: true }));
    }),
  ];
}

function textsIn(json: unknown): string[] {
  if (typeof json === "string") return [json];
  if (json === null || typeof json !== "object") return [];
  return Object.values(json).flatMap(textsIn);
}
