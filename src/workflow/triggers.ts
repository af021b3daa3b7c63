import { isSameJson } from "../lib/json.ts";
import { DEFAULT_EVENT } from "./create.ts";
import type { Schedule, Trigger, Workflow } from "./types.ts";

/** Edits of the trigger. As all edits: each gives a new workflow, or the very one it was given where there is nothing to change. */

const DEFAULT_SCHEDULE: Schedule = { kind: "interval", seconds: 3600 };

/** The event that a new HTTP trigger has, in the shape of what will come (fact 6 of the reference). */
const SAMPLE_REQUEST = JSON.stringify(
  {
    body: { message: "Hello from Runnel" },
    client_ip: "127.0.0.1",
    headers: { "content-type": "application/json", host: "127.0.0.1", "user-agent": "curl" },
    method: "POST",
    path: "/",
    query: {},
    url: "http://127.0.0.1/",
  },
  null,
  2,
);

/** The seconds of an interval that a schedule can have. */
export const SHORTEST_INTERVAL = 1;
export const LONGEST_INTERVAL = 366 * 24 * 3600;

/**
 * What starts the workflow. An event that nobody has touched gives way to one of the new kind's shape; a schedule begins switched
 * off where the person has not said when.
 */
export function setTriggerKind(workflow: Workflow, kind: Trigger["kind"]): Workflow {
  const { trigger } = workflow;
  if (trigger.kind === kind) return workflow;
  const untouched = trigger.eventText === DEFAULT_EVENT || trigger.eventText === SAMPLE_REQUEST;
  const sample = kind === "http" ? SAMPLE_REQUEST : DEFAULT_EVENT;
  const common = { eventText: untouched ? sample : trigger.eventText, collapsed: trigger.collapsed };
  const next: Record<Trigger["kind"], Trigger> = {
    manual: { kind: "manual", ...common },
    http: { kind: "http", ...common, runs: true },
    schedule: { kind: "schedule", ...common, schedule: DEFAULT_SCHEDULE, enabled: false },
  };
  return { ...workflow, trigger: next[kind] };
}

/** Whether a request runs the workflow, or a schedule does. A manual trigger has nothing to switch. */
export function setTriggerRuns(workflow: Workflow, on: boolean): Workflow {
  const { trigger } = workflow;
  if (trigger.kind === "http" && trigger.runs !== on)
    return { ...workflow, trigger: { ...trigger, runs: on } };
  if (trigger.kind === "schedule" && trigger.enabled !== on)
    return { ...workflow, trigger: { ...trigger, enabled: on } };
  return workflow;
}

/** When a schedule is due. A number of seconds beyond the bounds is brought to the nearer one. */
export function setSchedule(workflow: Workflow, schedule: Schedule): Workflow {
  const { trigger } = workflow;
  if (trigger.kind !== "schedule") return workflow;
  const bounded =
    schedule.kind === "interval"
      ? {
          ...schedule,
          seconds: Math.round(Math.min(Math.max(schedule.seconds, SHORTEST_INTERVAL), LONGEST_INTERVAL)),
        }
      : schedule;
  if (isSameJson(bounded, trigger.schedule)) return workflow;
  return { ...workflow, trigger: { ...trigger, schedule: bounded } };
}
