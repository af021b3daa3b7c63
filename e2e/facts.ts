/** Facts of the reference (`python-step.md`) as code to run and what a person sees then; conformance.spec.ts runs them. */
import { expect } from "@playwright/test";
import type { Builder } from "./pages/builder.ts";

export interface Fact {
  /** Its number in the reference. */
  readonly fact: number;
  readonly says: string;
  readonly event?: unknown;
  /** Code of the steps `python`, `python_2`, …; all are tested with *Test workflow*. */
  readonly steps: readonly string[];
  readonly check: (builder: Builder) => Promise<void>;
}

export const facts: readonly Fact[] = [
  {
    fact: 1,
    says: "the annotation of the handler need not resolve",
    steps: ['def handler(pd: "no_such_name.at_all"):\n    return "ran"'],
    check: async (builder) => builder.step("python").expectExport(/\$return_value\s*"ran"/),
  },
  {
    fact: 3,
    says: "module-level code runs before the handler, imports stand in either",
    steps: [
      `import json
print("module first")
loaded = json.loads('{"a": 1}')

def handler(pd: "pipedream"):
    import base64
    print("handler second", loaded["a"], base64.b64encode(b"x").decode())`,
    ],
    check: async (builder) => {
      const lines = builder.step("python");
      await lines.expectStatus("Success");
      await lines.expectLog(/module first[\s\S]*handler second 1 eA==/);
    },
  },
  {
    fact: 4,
    says: "the older form runs as a top-level script",
    event: { name: "Ada" },
    steps: [
      `from pipedream.script_helpers import (steps, export)

print("hello", steps["trigger"]["event"]["name"])
export("greeting", {"to": steps["trigger"]["event"]["name"]})`,
      `def handler(pd: "pipedream"):
    return pd.steps["python"]["greeting"]["to"]`,
    ],
    check: async (builder) => {
      await builder.step("python_2").expectExport(/\$return_value\s*"Ada"/);
      await builder.step("python").expectLog("hello Ada");
    },
  },
  {
    fact: 5,
    says: "an async handler is awaited",
    steps: [
      `import asyncio

async def handler(pd: "pipedream"):
    await asyncio.sleep(0)
    return "awaited"`,
    ],
    check: async (builder) => builder.step("python").expectExport(/\$return_value\s*"awaited"/),
  },
  {
    fact: 5,
    says: "await in a plain def is a syntax error",
    steps: ['import asyncio\n\ndef handler(pd: "pipedream"):\n    await asyncio.sleep(0)'],
    check: async (builder) => {
      await builder.step("python").expectStatus("Failed");
      await expect(builder.step("python").error).toContainText(/SyntaxError.*await.*outside/is);
      await expect(builder.step("python").code.errorNumber).toHaveText("4");
    },
  },
  {
    fact: 6,
    says: "the trigger's event, as of an HTTP request",
    event: {
      body: { name: "Grace" },
      client_ip: "203.0.113.7",
      headers: { "user-agent": "test" },
      method: "POST",
      path: "/in",
      query: { a: "1" },
      url: "https://example.com/in?a=1",
    },
    steps: [
      `def handler(pd: "pipedream"):
    event = pd.steps["trigger"]["event"]
    print(sorted(event), event["body"]["name"], event["query"]["a"])`,
    ],
    check: async (builder) =>
      builder
        .step("python")
        .expectLog("['body', 'client_ip', 'headers', 'method', 'path', 'query', 'url'] Grace 1"),
  },
  {
    fact: 7,
    says: "the trigger's context",
    steps: [
      `from datetime import datetime

def handler(pd: "pipedream"):
    context = pd.steps["trigger"]["context"]
    print(sorted(context))
    print("an instant with its zone:", datetime.fromisoformat(context["ts"]).tzinfo is not None)
    print("named", context["workflow_name"], "replay", context["replay"], bool(context["id"]))`,
    ],
    check: async (builder) => {
      const step = builder.step("python");
      await step.expectStatus("Success");
      await step.expectLog(
        "['deployment_id', 'emitter_id', 'id', 'owner_id', 'platform_version', 'replay', 'trace_id', 'ts', 'workflow_id', 'workflow_name']",
      );
      await step.expectLog("an instant with its zone: True");
      await step.expectLog("replay False True");
    },
  },
  {
    fact: 8,
    says: "exports of earlier steps are plain dicts, later steps are absent",
    steps: [
      'def handler(pd: "pipedream"):\n    print("later", "python_2" in pd.steps, pd.steps.get("python_2"))\n    return {"n": 7}',
      `def handler(pd: "pipedream"):
    earlier = pd.steps["python"]
    print("earlier", earlier["$return_value"]["n"], earlier.get("missing"), isinstance(earlier, dict))
    print("names", sorted(pd.steps))`,
    ],
    check: async (builder) => {
      await builder.step("python_2").expectStatus("Success");
      await builder.step("python").expectLog("later False None");
      await builder.step("python_2").expectLog("earlier 7 None True");
      await builder.step("python_2").expectLog("names ['python', 'trigger']");
    },
  },
  {
    fact: 10,
    says: "what is returned is exported under $return_value",
    steps: ['def handler(pd: "pipedream"):\n    return {"list": [1, 2.5, None, True, "ü"]}'],
    check: async (builder) => {
      await builder.step("python").expectExport(/\$return_value\s*\{list\}/);
      await builder.step("python").expectExport(/list\s*\[5 items\]/);
    },
  },
  {
    fact: 10,
    says: "a value that JSON can't hold is an error that names path and type",
    steps: [
      'from datetime import datetime\n\ndef handler(pd: "pipedream"):\n    return {"rows": [{"at": datetime(2024, 1, 2)}]}',
    ],
    check: async (builder) => {
      const step = builder.step("python");
      await step.expectStatus("Failed");
      await expect(step.error).toContainText('$return_value["rows"][0]["at"]');
      await expect(step.error).toContainText("datetime");
      await expect(step.error).toContainText(".isoformat()");
    },
  },
  {
    fact: 11,
    says: "a key that is no export falls through to the return value",
    steps: [
      'def handler(pd: "pipedream"):\n    pd.export("a", "exported")\n    return {"a": "returned", "b": "through"}',
      'def handler(pd: "pipedream"):\n    step = pd.steps["python"]\n    print(step["a"], step["b"], step["$return_value"]["a"])',
    ],
    check: async (builder) => builder.step("python_2").expectLog("exported through returned"),
  },
  {
    fact: 12,
    says: "several exports and a return value stand together",
    steps: [
      'def handler(pd: "pipedream"):\n    pd.export("one", 1)\n    pd.export("two", [2])\n    return "three"',
      'def handler(pd: "pipedream"):\n    print(dict(pd.steps["python"]))',
    ],
    check: async (builder) =>
      builder.step("python_2").expectLog("{'one': 1, 'two': [2], '$return_value': 'three'}"),
  },
  {
    fact: 13,
    says: "print and stderr go to the step's logs",
    steps: [
      'import sys\n\ndef handler(pd: "pipedream"):\n    print("to stdout")\n    print("to stderr", file=sys.stderr)\n    sys.stdout.write("without a line end")',
    ],
    check: async (builder) => {
      const step = builder.step("python");
      await step.expectStatus("Success");
      for (const text of ["to stdout", "to stderr", "without a line end"]) await step.expectLog(text);
    },
  },
  {
    fact: 14,
    says: "an exception stops the workflow; its traceback shows, the exports made so far stay",
    steps: [
      'def inner(x):\n    return 1 / x\n\ndef handler(pd: "pipedream"):\n    pd.export("before", "kept")\n    inner(0)',
      'def handler(pd: "pipedream"):\n    print("must not run")',
    ],
    check: async (builder) => {
      const step = builder.step("python");
      await step.expectStatus("Failed");
      await expect(step.error).toContainText("ZeroDivisionError");
      await expect(step.error).toContainText(/line 6, in handler[\s\S]*line 2, in inner/);
      await expect(step.code.errorNumber).toHaveText("2");
      await step.expectExport(/before\s*"kept"/);
      await builder.step("python_2").expectStatus("Not tested");
    },
  },
  {
    fact: 15,
    says: "a missing environment variable raises KeyError and the error says which",
    steps: [
      `import os

def handler(pd: "pipedream"):
    try:
        os.environ["NOT_DEFINED_ANYWHERE"]
    except KeyError as error:
        print("KeyError", error)
    os.environ["NOT_DEFINED_ANYWHERE"]`,
    ],
    check: async (builder) => {
      const step = builder.step("python");
      await step.expectStatus("Failed");
      await step.expectLog("KeyError 'NOT_DEFINED_ANYWHERE'");
      await expect(step.error).toContainText("The environment variable NOT_DEFINED_ANYWHERE is not defined");
    },
  },
  {
    fact: 20,
    says: "return pd.flow.exit ends the workflow and its reason shows",
    steps: [
      'def handler(pd: "pipedream"):\n    return pd.flow.exit("nothing to do today")\n    print("unreachable")',
      'def handler(pd: "pipedream"):\n    print("must not run")',
    ],
    check: async (builder) => {
      await builder.step("python").expectStatus("Success");
      await expect(builder.step("python").root).toContainText("nothing to do today");
      await builder.step("python_2").expectStatus("Not tested");
    },
  },
  {
    fact: 21,
    says: "pd.flow.exit without return lets the step run on, then the workflow ends",
    steps: [
      'def handler(pd: "pipedream"):\n    pd.flow.exit("enough")\n    print("the rest still runs")\n    return 1',
      'def handler(pd: "pipedream"):\n    print("must not run")',
    ],
    check: async (builder) => {
      const step = builder.step("python");
      await step.expectStatus("Success");
      await step.expectLog("the rest still runs");
      await expect(step.root).toContainText("enough");
      await step.expectExport(/\$return_value\s*1/);
      await builder.step("python_2").expectStatus("Not tested");
    },
  },
  {
    fact: 23,
    says: "time.sleep sleeps, in module code and in the handler",
    steps: [
      `import time
before = time.monotonic()
time.sleep(0.2)

def handler(pd: "pipedream"):
    time.sleep(0.2)
    print("slept long enough:", time.monotonic() - before >= 0.4)`,
    ],
    check: async (builder) => builder.step("python").expectLog("slept long enough: True"),
  },
  {
    fact: 30,
    says: "an exported value is a copy: changing it in place reaches nobody",
    steps: [
      `def handler(pd: "pipedream"):
    value = {"list": [1]}
    pd.export("value", value)
    value["list"].append("after the export")`,
      `def handler(pd: "pipedream"):
    pd.steps["python"]["value"]["list"].append("in a later step")
    return "changed"`,
      'def handler(pd: "pipedream"):\n    print("still", pd.steps["python"]["value"])',
    ],
    check: async (builder) => builder.step("python_3").expectLog("still {'list': [1]}"),
  },
  {
    fact: 32,
    says: "/tmp is written by one step and read by the next",
    steps: [
      'def handler(pd: "pipedream"):\n    import os\n    print("at first", os.listdir("/tmp"))\n    open("/tmp/note.txt", "w").write("hello from one")',
      'def handler(pd: "pipedream"):\n    print("read:", open("/tmp/note.txt").read())',
    ],
    check: async (builder) => {
      await builder.step("python_2").expectLog("read: hello from one");
      await builder.step("python").expectLog("at first []");
    },
  },
];
