/** The facts of our conformance list (shared/reference/python-step.md) by number, in a few words. */
export const facts: Readonly<Record<string, string>> = {
  S1: 'pd.inputs["slack"]["$auth"] holds the account\'s token; pd.steps["slack"] as the older edition writes it',
  S2: "the seed page's main sample runs with not a letter changed",
  S3: "console.log, info, warn and error write to the logs",
  S4: "printing $auth shows the names of its properties",
  S5: "oauth_access_token, api_key, or the service's own name for it",
  S6: "+, an app, Run Python with any … API: a step with the app's test request",
  S7: "secrets of services without an app are environment variables",
  1: 'def handler(pd: "pipedream"); the annotation need not resolve',
  2: "what a new blank step holds",
  3: "module-level code runs before the handler; imports in either",
  4: "the older form without a handler, with pipedream.script_helpers",
  5: "async def handler; await in a plain def is a syntax error",
  6: 'pd.steps["trigger"]["event"], of an HTTP request: body, client_ip, headers, method, path, query, url',
  7: 'pd.steps["trigger"]["context"] and its ten keys',
  8: "pd.steps[name] holds the exports of earlier steps, as plain dicts; later steps are absent",
  9: 'pd.inputs[app]["$auth"] is a plain dict; several apps on one step',
  10: "a return value is exported under $return_value; what JSON can't hold is an error with path and type",
  11: "a key that is no export falls through to the return value",
  12: "pd.export(name, value), several of them, beside a return value",
  13: "print and stderr go to the logs as they happen",
  14: "an exception stops the workflow; traceback with the own lines first; exports so far stay",
  15: 'os.environ["NAME"]; a missing one is a KeyError that says which',
  16: "names, case, 64 KB, secret by default; a file of a workflow never carries a value",
  17: "import x is enough",
  18: "# pipedream add-package NAME[==VERSION]",
  19: "a package that can't work in the browser: which and why",
  20: "return pd.flow.exit(reason) ends the workflow",
  21: "pd.flow.exit() without return: the rest of the step still runs",
  22: "pd.flow.delay(ms): waits at the end of the step, with Skip and Cancel",
  23: "time.sleep works and counts as run time",
  24: "pd.flow.suspend(): Resume with a body, Cancel; $resume_data",
  25: 'pd.flow.rerun(); pd.context["run"] holds runs and context',
  26: "pd.respond(): the answer to an HTTP request, shown in the run",
  27: "a data store's item and get; a missing item is a TypeError",
  28: "in, del, clear(), keys(), items() of a data store",
  29: "set(key, value, ttl=…), set_ttl(); expired records are gone",
  30: "what is stored is a copy: JSON values under texts",
  31: "stores are shared between workflows and have a page of their own; one in use can't be deleted",
  32: "/tmp: shared by the steps of a run, empty at its start",
  33: "the time limit ends a step with Timeout; its logs so far stay",
};

/** Facts about pages and servers around Python: there is nothing of them that CPython could show. */
export const browserOnly: ReadonlySet<string> = new Set(["31"]);

/** The facts that a text names: `fact 12: …`, `facts S1 and S5`, `facts 27 to 30`, `fact 9 (and fact S1)`. */
export function factsIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, list = ""] of text.matchAll(/\bfacts? (S?\d+(?:(?:, | and |, and | to )S?\d+)*)/g)) {
    for (const [, first = "", last = first] of list.matchAll(/(S?\d+)(?: to (S?\d+))?/g)) {
      const prefix = first.startsWith("S") ? "S" : "";
      const [from, to] = [first, last].map((name) => Number(name.replace("S", "")));
      for (let number = from ?? 0; number <= (to ?? 0); number++) found.add(`${prefix}${number}`);
    }
  }
  return [...found].filter((fact) => fact in facts);
}
