import { readFileSync } from "node:fs";
import { workflowFile } from "../workflow-file.ts";

/** What the trigger of every workflow of the corpus gives: an order that comes in by HTTP. */
const event = {
  method: "POST",
  path: "/",
  query: {},
  headers: {
    "content-type": "application/json",
    // GitHub's own example of a signature.
    "x-hub-signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
  },
  body: {
    order: {
      id: "A-4711",
      lines: [
        { sku: "AB-1", price: 9.99, quantity: 3 },
        { sku: "C-20", price: 20.5, quantity: 1 },
        { sku: "Gift", price: 5, quantity: 2 },
      ],
    },
    text: "good morning",
    location: "Room 4",
    attachment: { name: "hello.txt", content: Buffer.from("Hello attachment").toString("base64") },
  },
};

/** Code of the step that sends what those before it exported to the collector. */
const collector = (id: string) => `import json
import urllib.request

def handler(pd: "pipedream"):
    steps = {name: exports for name, exports in pd.steps.items() if name != "trigger"}
    urllib.request.urlopen("https://collect.example.com/${id}", data=json.dumps(steps).encode())
`;

export const codeOf = (name: string) => readFileSync(new URL(`steps/${name}.py`, import.meta.url), "utf8");

/** The event as a step on CPython is given it. */
export const triggerEvent: unknown = event;

/** The file of a workflow with these cases as its steps, and a step *collect*, which sends what those before it exported to the collector. */
export function corpusFile(title: string, before: readonly string[], after: readonly string[]): string {
  const steps = (cases: readonly string[]) => cases.map((name) => ({ name, code: codeOf(name) }));
  const collect = { name: "collect", code: collector(title) };
  return workflowFile({ name: title, steps: [...steps(before), collect, ...steps(after)], event });
}
