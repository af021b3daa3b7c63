import { failure, type Result, success } from "../../lib/result.ts";
import { newStep, newWorkflow } from "../create.ts";
import type { Step } from "../types.ts";
import { workflowCodec } from "./workflow-codec.ts";

/** Steps as text, for the clipboard: an envelope like a workflow's, and in the version of its steps. */
const FORMAT = "runnel.steps";

/** Longer texts on the clipboard are no steps. Characters. */
const LONGEST = 5_000_000;

/**
 * The text of some steps. It says which accounts and data stores are chosen by their ids, which mean something in this browser only;
 * nothing of what they hold is in it.
 */
export function writeSteps(steps: readonly Step[]): string {
  const { version } = workflowCodec;
  return `${JSON.stringify({ format: FORMAT, version, data: { steps } }, null, 2)}\n`;
}

/** The steps of a text: what `writeSteps` has made, or Python code, which becomes one step. The message says what else it is. */
export function readSteps(text: string): Result<readonly Step[], { readonly message: string }> {
  if (text.trim() === "") return failure({ message: "The clipboard is empty, or holds no text." });
  if (text.length > LONGEST)
    return failure({ message: "What is on the clipboard is too long to be a step." });
  const json = parse(text);
  if (json === undefined) return fromPython(text);
  const { format, version, data } = Object(json);
  if (format === workflowCodec.format)
    return failure({
      message: "That is a whole workflow. Save it as a file and import it on the Workflows page.",
    });
  if (format !== FORMAT) return failure({ message: "That is JSON, but no copied step and no Python code." });
  const steps: unknown = Object(data).steps;
  // In a workflow of their own: what has been done to workflows since is done to them.
  const host = workflowCodec.write(newWorkflow());
  const read = workflowCodec.read({
    format: workflowCodec.format,
    version,
    data: { ...Object(host.data), steps },
  });
  if (read.kind === "corrupt") return failure({ message: `The copied step can't be read: ${read.message}` });
  if (read.kind === "newer-version")
    return failure({
      message: `The step was copied from a newer version of Runnel (format ${read.version}; this one reads up to ${workflowCodec.version}). Update Runnel to paste it.`,
    });
  if (read.value.steps.length === 0) return failure({ message: "There is no step in what was copied." });
  return success(read.value.steps);
}

function fromPython(text: string): Result<readonly Step[], { readonly message: string }> {
  if (/^\s*[[{]/.test(text) && text.includes(`"${FORMAT}"`))
    return failure({
      message: "The copied step can't be read: a part of the text is missing. Copy it again.",
    });
  if (!looksLikePython.test(text))
    return failure({ message: "There is no copied step on the clipboard, and no Python code." });
  const code = `${text.replace(/\r\n?/g, "\n").trimEnd()}\n`;
  return success([newStep({ workflow: newWorkflow(), title: "Run Python code", code, apps: [] })]);
}

/** A line that begins as Python's do: a definition, an import, an assignment, a call, a comment. */
const looksLikePython =
  /^[ \t]*(?:(?:async\s+)?def\s+\w+\s*\(|class\s+\w+\s*[:(]|import\s+\w|from\s+[\w.]+\s+import\b|(?:if|for|while|with|try|return|raise|print)\b.*[:()]|@\w|[A-Za-z_][\w.[\]"']*\s*(?::\s*[\w[\], ]+)?\s*[-+*/|&]?=[^=]|[A-Za-z_][\w.]*\(|# %%|# pipedream)/m;

function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
