import { failure, type Result, success } from "../../lib/result.ts";
import { duplicateWorkflow } from "../create.ts";
import { findJsonError } from "../json-error.ts";
import type { Workflow } from "../types.ts";
import { withoutCredentials } from "./hide-credentials.ts";
import { workflowCodec } from "./workflow-codec.ts";

/**
 * The text of a file with this workflow. Which accounts and data stores are chosen stays here: the file names the apps only, and
 * environment variables are in it as code refers to them, never with a value; nor are credentials of the request that is selected as the event.
 */
export function exportWorkflow(workflow: Workflow): string {
  return `${JSON.stringify(workflowCodec.write(withoutChoices(workflow)), null, 2)}\n`;
}

/** The workflow of such a file, with ids of its own, so that it never takes the place of one that is there. */
export function importWorkflow(text: string): Result<Workflow, { readonly message: string }> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    const { message, offset } = findJsonError(text) ?? { message: "It is not valid JSON.", offset: 0 };
    const line = text.slice(0, offset).split("\n").length;
    return failure({
      message: `The file is not a workflow: it is not valid JSON. ${message} (line ${line})`,
    });
  }
  const read = workflowCodec.read(raw);
  if (read.kind === "corrupt") return failure({ message: `The file is not a workflow: ${read.message}` });
  if (read.kind === "newer-version")
    return failure({
      message: `The file was written by a newer version of Runnel (format ${read.version}; this one reads up to ${workflowCodec.version}). Update Runnel to open it.`,
    });
  return success(duplicateWorkflow(withoutChoices(read.value), read.value.name));
}

function withoutChoices(workflow: Workflow): Workflow {
  return {
    ...workflow,
    trigger: { ...workflow.trigger, eventText: withoutCredentials(workflow.trigger.eventText) },
    steps: workflow.steps.map((step) => ({
      ...step,
      apps: step.apps.map(({ app }) => ({ app, accountId: null })),
      dataStore: step.dataStore && { id: null },
    })),
  };
}
