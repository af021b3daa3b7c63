import { newId } from "../lib/id.ts";
import type { HttpEvent } from "../runtime/index.ts";
import type { EventRecord } from "./types.ts";

/** Events of one workflow that are kept: the newest of them, in this many characters together. */
const KEPT_EVENTS = 100;
const KEPT_CHARACTERS = 20 * 1024 * 1024;
const TITLE_LENGTH = 120;

/** Newest first. */
export function inOrder(events: readonly EventRecord[]): readonly EventRecord[] {
  return [...events].sort((a, b) => b.at - a.at || (a.eventId < b.eventId ? 1 : -1));
}

/** What goes when another event comes. The newest always stays. */
export function beyondBounds(all: readonly EventRecord[]): readonly EventRecord[] {
  let characters = 0;
  return inOrder(all).filter(({ text }, index) => {
    characters += text.length;
    return index > 0 && (index >= KEPT_EVENTS || characters > KEPT_CHARACTERS);
  });
}

/** An event as text of the trigger. */
function eventText(event: unknown): string {
  return JSON.stringify(event, null, 2);
}

export function httpRecord(workflowId: string, eventId: string, at: number, event: HttpEvent): EventRecord {
  const title = `${event.method} ${event.path}`;
  return { ...ids(workflowId, eventId), kind: "http", at, title: shortened(title), text: eventText(event) };
}

export function scheduleRecord(workflowId: string, at: number, event: unknown): EventRecord {
  const text = eventText(event);
  return { ...ids(workflowId, newId()), kind: "schedule", at, title: "Schedule", text };
}

/** One that the person has typed. */
export function manualRecord(workflowId: string, at: number, text: string): EventRecord {
  const title = shortened(text.replace(/\s+/g, " ").trim());
  return { ...ids(workflowId, newId()), kind: "manual", at, title, text };
}

function ids(workflowId: string, eventId: string): Pick<EventRecord, "id" | "workflowId" | "eventId"> {
  return { id: `${workflowId} ${eventId}`, workflowId, eventId };
}

function shortened(title: string): string {
  return title.length > TITLE_LENGTH ? `${title.slice(0, TITLE_LENGTH - 1)}…` : title;
}
