/** A step as a workflow's file has it, as far as tests say it. */
interface FileStep {
  readonly name: string;
  readonly code: string;
  readonly title?: string;
}

interface FileOptions {
  readonly name: string;
  readonly steps: readonly FileStep[];
  /** What the trigger gives; collapsed where it is long. */
  readonly event?: unknown;
  readonly timeLimitSeconds?: number;
}

/** The text of a file to import: many steps are in a workflow sooner than through the picker and the editors. */
export function workflowFile({ name, steps, event = {}, timeLimitSeconds = 60 }: FileOptions): string {
  const eventText = JSON.stringify(event, null, 2);
  return JSON.stringify({
    format: "runnel.workflow",
    version: 1,
    data: {
      id: "from-a-file",
      name,
      trigger: { kind: "manual", eventText, collapsed: eventText.length > 100 },
      steps: steps.map((step) => ({
        id: step.name,
        title: "",
        apps: [],
        enabled: true,
        collapsed: false,
        note: "",
        ...step,
      })),
      settings: { timeLimitSeconds },
    },
  });
}
