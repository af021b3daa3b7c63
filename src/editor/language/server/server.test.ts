// @vitest-environment node

import { afterAll, beforeAll, expect, test } from "vitest";
import type { PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import { completionsAt } from "../../code/completion.ts";
import type { Mark } from "../marks.ts";
import { typedText } from "../python/typed-text.ts";
import { shapeOf } from "../stubs/shape.ts";
import { type StepContext, type StepFacts, stepStub } from "../stubs/step-stub.ts";
import { connect } from "./connect.ts";
import { readDiagnostics } from "./read-diagnostics.ts";
import type { Rpc, ServerPort } from "./rpc.ts";
import { inSitePackages, uriOf } from "./settings.ts";
import { startServer } from "./testing/start-server.ts";

const github = {
  $return_value: {
    stargazers_count: 3,
    name: "runnel",
    topics: ["x"],
    owner: { login: "me" },
    license: null,
  },
  rows: [{ id: 1, "not-a-name": "x" }, { id: null }],
};

const facts = (name: string, exports: unknown, more: Partial<StepFacts> = {}): StepFacts => ({
  name,
  exports: exports === null ? null : shapeOf(exports),
  complete: true,
  written: [],
  ...more,
});

const context: StepContext = {
  above: [
    facts("github", github),
    facts("changed", { a: 1 }, { complete: false, written: ["fresh"] }),
    facts("never", null),
  ],
  event: shapeOf({ body: { user: "x", count: 2 } }),
  apps: [{ app: "slack", fields: ["oauth_access_token"] }],
  dataStore: true,
};

let port: ServerPort;
let rpc: Rpc;
const published = new Map<string, (params: PublishDiagnosticsParams) => void>();
const tinylib = {
  "tinylib/__init__.py":
    "def shout(text: str, times: int = 1) -> str:\n    '''Makes it loud.'''\n    return text.upper() * times\n",
  "tinylib/py.typed": "",
};
let version = 0;
const { text: stub, classes } = stepStub(context);

beforeAll(async () => {
  port = startServer();
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(
    Object.fromEntries(Object.entries(tinylib).map(([path, text]) => [inSitePackages(path), text])),
  );
  rpc = await connect(port, [port2], (params) => published.get(`${params.uri} ${params.version}`)?.(params));
  rpc.notify("textDocument/didOpen", document("runnel_step.pyi", stub));
  rpc.notify("textDocument/didOpen", document("step.py", ""));
});
afterAll(() => port.terminate());

function document(file: "step.py" | "runnel_step.pyi", text: string) {
  return { textDocument: { uri: uriOf(0, file), languageId: "python", version, text } };
}

/** Sends a step's code; gives what is said of it. */
async function check(code: string): Promise<readonly Mark[]> {
  const textDocument = { uri: uriOf(0, "step.py"), version: ++version };
  const answer = new Promise<PublishDiagnosticsParams>((resolve) =>
    published.set(`${textDocument.uri} ${version}`, resolve),
  );
  rpc.notify("textDocument/didChange", { textDocument, contentChanges: [{ text: typedText(code) }] });
  return readDiagnostics((await answer).diagnostics, code, classes);
}

const said = (marks: readonly Mark[]) => marks.map(({ range, message }) => `${range.start.line}: ${message}`);

/** Labels of the completions where `|` stands in the code. */
async function completions(code: string): Promise<readonly string[]> {
  const offset = code.indexOf("|");
  const before = code.slice(0, offset).split("\n");
  await check(code.replace("|", ""));
  const list = await rpc.request("textDocument/completion", {
    textDocument: { uri: uriOf(0, "step.py") },
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  });
  const items = Array.isArray(list) ? list : (list?.items ?? []);
  return items.map(({ label }) => label).filter((label) => !label.startsWith("_"));
}

test("keys of pd are completed at every depth with what was exported", async () => {
  const inHandler = (line: string) => `def handler(pd: "pipedream"):\n    ${line}\n`;
  expect(await completions(inHandler('pd.steps["|"]'))).toEqual(
    ["trigger", "github", "changed", "never", "slack"].map((name) => `"${name}"`),
  );
  expect(await completions(inHandler('pd.steps["github"]["|"]'))).toEqual(
    ["$return_value", "rows", "stargazers_count", "name", "topics", "owner", "license"].map(
      (key) => `"${key}"`,
    ),
  );
  expect(await completions(inHandler('pd.inputs["|"]'))).toEqual(['"slack"', '"data_store"']);
  expect(await completions(inHandler('pd.inputs["slack"]["$auth"]["|"]'))).toEqual(['"oauth_access_token"']);
  expect(await completions(inHandler('pd.steps["trigger"]["event"]["body"]["|"]'))).toEqual([
    '"user"',
    '"count"',
  ]);
  expect(await completions(inHandler('d = pd.steps["github"]["owner"]\n    d["|"]'))).toEqual(['"login"']);
});

test("attributes of pd are those that are offered before the server is there", async () => {
  for (const line of ["pd.", "pd.flow.", "console."]) {
    const early = completionsAt(line, () => ({ steps: {}, inputs: {}, variables: [] }));
    expect((await completions(`def handler(pd: "pipedream"):\n    ${line}|\n`)).toSorted()).toEqual(
      early?.items.map(({ label }) => label).toSorted(),
    );
  }
  expect(await completions('def handler(pd):\n    pd.inputs["data_store"].|\n')).toEqual(
    expect.arrayContaining(["set_ttl", "setdefault", "items", "update"]),
  );
});

test("a value completes as what it was", async () => {
  for (const [expression, member] of [
    ['pd.steps["github"]["$return_value"]["stargazers_count"]', "bit_length"],
    ['pd.steps["github"]["stargazers_count"]', "bit_length"],
    ['pd.steps["github"]["topics"][0]', "upper"],
    ['pd.steps["github"]["rows"][0]["id"]', "bit_length"],
    ['pd.steps["github"].get("name")', "upper"],
  ])
    expect(await completions(`def handler(pd: "pipedream"):\n    ${expression}.|\n`)).toContain(member);
  expect(await completions('def handler(pd):\n    pd.steps["github"]["name"].|\n')).toContain("upper");
  expect(
    await completions('from pipedream.script_helpers import (steps, export)\nsteps["github"]["name"].|\n'),
  ).toContain("upper");
  expect(await completions("import tinylib\ntinylib.shout('a').|\n")).toContain("upper");
});

test("a key that is not there is marked, with the nearest as its fix", async () => {
  const marks = await check(`def handler(pd: "pipedream"):
    pd.steps["github"]["$return_value"]["stargazer_count"]
    pd.steps["githb"]
    auth = pd.inputs["slack"]["$auth"]
    auth["token"]
    for row in pd.steps["github"]["rows"]:
        print(row["idd"], row["not-a-name"])
    pd.inputs["gmail"]
    return {"count": pd.steps["trigger"]["event"]["count"]}
`);
  expect(said(marks)).toEqual([
    '1: pd.steps["github"]["$return_value"] had no key "stargazer_count" when it last ran. Did you mean "stargazers_count"?',
    '2: No step above is called "githb". Did you mean "github"?',
    '4: The account has no property "token". It has "oauth_access_token".',
    '6: pd.steps["github"]["rows"][…] had no key "idd" when it last ran. Did you mean "id"?',
    '7: No app "gmail" is attached to this step. It has "slack", "data_store".',
    '8: pd.steps["trigger"]["event"] has no key "count". It has "body".',
  ]);
  expect(marks[0]?.fix).toEqual({
    title: 'Change to "stargazers_count"',
    edits: [
      {
        range: { start: { line: 1, character: 40 }, end: { line: 1, character: 57 } },
        newText: '"stargazers_count"',
      },
    ],
  });
});

test("nothing is said of what code does with dicts, nor of keys that can't be known", async () => {
  const marks = await check(`import not_installed_yet
from pipedream.script_helpers import (steps, export)

def takes(a: dict, b: list[dict], c: "dict[str, int]"): ...

def handler(pd: "pipedream"):
    d = pd.steps["github"]["$return_value"]
    d["new"] = 1
    print(d["new"], d.pop("name"), d.setdefault("tt", 1), d.copy()["name"], dict(d)["whatever"])
    d.update({"q": 1})
    print(d["q"])
    takes(d, pd.steps["github"]["rows"], d)
    for key in d:
        d[key].anything()
    for key, value in d.items():
        value.upper(); value + 1; value[0]
    if "maybe" in d:
        print(d["maybe"])
    if d.get("name") is None:
        return None
    d["license"]["spdx_id"].upper()
    d.get("other", {}).get("x")
    merged = {**d, "k": 1} | {"z": 2}
    merged["k"], merged["z"]
    pd.steps["changed"]["whatever"], pd.steps["changed"]["fresh"].x, pd.steps["never"]["x"]["y"]
    pd.steps["slack"]["$auth"]["oauth_access_token"].strip()
    pd.steps["trigger"]["context"]["id"], pd.steps["trigger"]["context"]["more"]
    pd.steps.get("nothing", {}).get("x")
    not_installed_yet.anything().at.all
    console.log(pd.inputs["slack"]["$auth"])
    display(d, d)
    store = pd.inputs["data_store"]
    store["k"] = 1
    print(len(store), list(store), store.pop("k", None), store.setdefault("k", []), "k" in store)
    store.update(a=1)
    for key, value in store.items():
        store.set_ttl(key, None)
    del store["k"]
    pd.respond({"status": 200, "body": {}, "headers": {}})
    pd.send.email(subject="x")
    pd.flow.suspend(timeout_ms=1)
    pd.flow.rerun(delay_ms=1, context={}, maxRetries=3)
    pd.context["run"]["runs"] + 1
    export("x", steps["github"]["name"])
    return pd.flow.exit("done")
`);
  expect(said(marks)).toEqual([]);
});

test("what is certainly wrong is said", async () => {
  const marks = await check(`import json, tinylib

async def fetch(): ...

async def handler(pd: "pipedream"):
    json.parse("{}")
    pd.step["x"]
    pd.steps["github"]["stargazers_count"].upper()
    tinylib.shout()
    fetch()
    1 + "x"
    pd.flow.pause(1)
    pd.flow.delay()
`);
  expect(said(marks).map((text) => text.split("\n")[0])).toEqual([
    '5: "parse" is not a known attribute of module "json"',
    '6: Cannot access attribute "step" for class "pipedream"',
    '7: Cannot access attribute "upper" for class "int"',
    '8: Argument missing for parameter "text"',
    '9: Result of async function call is not used; use "await" or assign result to variable',
    expect.stringContaining('10: Operator "+" not supported'),
    '11: Cannot access attribute "pause" for class "Flow"',
    '12: Argument missing for parameter "ms"',
  ]);
});
