import { expect, test } from "vitest";
import { duplicateWorkflow, newWorkflow } from "./create.ts";
import { setEventText } from "./edits.ts";
import { exportWorkflow, importWorkflows } from "./format/exchange.ts";
import { setSchedule, setTriggerKind, setTriggerRuns } from "./triggers.ts";

const fresh = newWorkflow();

test("another kind of trigger brings an event of its shape, unless the person has written one", () => {
  const http = setTriggerKind(fresh, "http");
  expect(http.trigger).toMatchObject({ kind: "http", runs: true });
  expect(Object.keys(JSON.parse(http.trigger.eventText)).sort()).toEqual(
    "body client_ip headers method path query url".split(" "),
  );
  expect(setTriggerKind(http, "manual").trigger).toEqual(fresh.trigger);
  const written = setEventText(fresh, "[1]");
  expect(setTriggerKind(written, "http").trigger.eventText).toBe("[1]");
  expect(setTriggerKind(http, "http")).toBe(http);
});

test("a schedule starts switched off, and its seconds are kept within bounds", () => {
  const schedule = setTriggerKind(fresh, "schedule");
  expect(schedule.trigger).toMatchObject({ enabled: false, schedule: { kind: "interval", seconds: 3600 } });
  expect(setTriggerRuns(schedule, true).trigger).toMatchObject({ enabled: true });
  expect(setSchedule(schedule, { kind: "interval", seconds: 0 }).trigger).toMatchObject({
    schedule: { seconds: 1 },
  });
  expect(setSchedule(schedule, { kind: "interval", seconds: 3600 })).toBe(schedule);
  expect(setSchedule(fresh, { kind: "interval", seconds: 5 })).toBe(fresh);
  expect(setTriggerRuns(fresh, true)).toBe(fresh);
});

test("a copy, or what comes from a file, runs on no schedule by itself", () => {
  const on = setTriggerRuns(setTriggerKind(fresh, "schedule"), true);
  expect(duplicateWorkflow(on).trigger).toMatchObject({ enabled: false });
  const imported = importWorkflows(exportWorkflow(on));
  expect(imported.ok && imported.value.workflows[0]?.trigger).toMatchObject({
    kind: "schedule",
    enabled: false,
  });
});

test("a file doesn't hold the credentials of the request that is selected", () => {
  const event = { headers: { authorization: "Bearer 4711" }, method: "GET", path: "/" };
  expect(exportWorkflow(setEventText(fresh, JSON.stringify(event)))).not.toContain("4711");
});
