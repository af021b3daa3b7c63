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

/** The text of a file with several workflows: each as in a file of its own. */
export function exportWorkflows(workflows: readonly Workflow[]): string {
  const documents = workflows.map((workflow) => workflowCodec.write(withoutChoices(workflow)));
  return `${JSON.stringify({ format: BUNDLE, version: BUNDLE_VERSION, data: { workflows: documents } }, null, 2)}\n`;
}

const BUNDLE = "runnel.workflows";
const BUNDLE_VERSION = 1;

/** What a file holds: its workflows, and what is wrong with those of them that can't be read. */
export interface FileContents {
  readonly workflows: readonly Workflow[];
  readonly problems: readonly string[];
}

/**
 * The workflows of an exported file, with ids of their own, so that they never take the place of one that is there. Of several those that
 * can be read are there, whatever is wrong with the others.
 */
export function importWorkflows(text: string): Result<FileContents, { readonly message: string }> {
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
  const { format, version, data } = Object(raw);
  if (format !== BUNDLE) {
    const read = importDocument(raw);
    return read.ok ? success({ workflows: [read.value], problems: [] }) : read;
  }
  const documents: unknown = Object(data).workflows;
  if (version !== BUNDLE_VERSION || !Array.isArray(documents))
    return failure({
      message:
        version > BUNDLE_VERSION
          ? `The file was written by a newer version of Runnel (format ${version}; this one reads up to ${BUNDLE_VERSION}). Update Runnel to open it.`
          : "The file is damaged: the list of its workflows is not there.",
    });
  const read = documents.map((document: unknown, index) => ({
    index,
    document,
    result: importDocument(document),
  }));
  return success({
    workflows: read.flatMap(({ result }) => (result.ok ? [result.value] : [])),
    problems: read.flatMap(({ index, document, result }) =>
      result.ok ? [] : [`${nameIn(document) ?? `Workflow ${index + 1}`}: ${result.error.message}`],
    ),
  });
}

function nameIn(document: unknown): string | null {
  const name: unknown = Object(Object(document).data).name;
  return typeof name === "string" && name !== "" ? name : null;
}

function importDocument(raw: unknown): Result<Workflow, { readonly message: string }> {
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
