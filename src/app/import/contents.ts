import { type AttachedApp, codeFacts, type Trigger, type Workflow } from "../../workflow/index.ts";

/** What a workflow would bring, as far as it can be read off without running it. */
export interface WorkflowContents {
  readonly trigger: string;
  readonly steps: readonly string[];
  /** Slugs of the attached apps, each once. */
  readonly apps: readonly string[];
  /** Hosts that stand in the code. */
  readonly hosts: readonly string[];
  /** `requests 2.32.3` */
  readonly packages: readonly string[];
  /** Names of the steps with a data store. */
  readonly dataStores: readonly string[];
  /** Environment variables that the code names. */
  readonly variables: readonly string[];
}

const ADDRESS =
  /\b(?:https?|wss?|redis|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|amqps?|s?ftp):\/\/(?:[^\s/"'`@]*@)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)/gi;

export function contentsOf({ trigger, steps, packages }: Workflow): WorkflowContents {
  const unique = (values: Iterable<string>) => [...new Set(values)];
  return {
    trigger: triggerText(trigger),
    steps: steps.map(({ name, enabled }) => (enabled ? name : `${name} (disabled)`)),
    apps: unique(steps.flatMap(({ apps }) => apps.map(({ app }: AttachedApp) => app))),
    hosts: unique(
      steps.flatMap(({ code }) => [...code.matchAll(ADDRESS)].map(([, host = ""]) => host.toLowerCase())),
    ).sort(),
    packages: packages.map(({ name, version }) => `${name} ${version}`),
    dataStores: steps.filter(({ dataStore }) => dataStore !== null).map(({ name }) => name),
    variables: unique(steps.flatMap(({ code }) => codeFacts(code).variables)).sort(),
  };
}

function triggerText(trigger: Trigger): string {
  switch (trigger.kind) {
    case "manual":
      return "Manual";
    case "http":
      return "HTTP request, at an address of its own in this browser";
    case "schedule":
      return trigger.schedule.kind === "interval"
        ? `Schedule, every ${trigger.schedule.seconds} s; off until you switch it on`
        : `Schedule, ${trigger.schedule.expression} (${trigger.schedule.timeZone}); off until you switch it on`;
  }
}
