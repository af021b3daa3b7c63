// @vitest-environment node
import { describe, expect, test } from "vitest";
import { dueTimes } from "./due-times.ts";
import { scheduleEvent } from "./schedule-event.ts";

const at = Date.parse("2026-03-29T00:30:00.250Z");
const cron = (expression: string, timeZone = "Europe/Berlin") =>
  ({ kind: "cron", expression, timeZone }) as const;

async function times(
  ...[schedule, after = at, count = 3]: Partial<Parameters<typeof dueTimes>>
): Promise<unknown> {
  if (!schedule) throw new Error("No schedule.");
  const found = await dueTimes(schedule, after, count);
  return found.ok ? found.value.map((time) => new Date(time).toISOString()) : found.error;
}

describe("a schedule is due", () => {
  test("at every multiple of its interval, the same in every tab", async () => {
    expect(await times({ kind: "interval", seconds: 900 })).toEqual([
      "2026-03-29T00:45:00.000Z",
      "2026-03-29T01:00:00.000Z",
      "2026-03-29T01:15:00.000Z",
    ]);
    const due = Date.parse("2026-03-29T00:45:00.000Z");
    expect(await times({ kind: "interval", seconds: 900 }, due, 1)).toEqual(["2026-03-29T01:00:00.000Z"]);
  });

  test("as cron says in its time zone, also where the clocks change", async () => {
    expect(await times(cron("0 9 * * *"), Date.parse("2026-03-28T00:00:00Z"), 2)).toEqual([
      "2026-03-28T08:00:00.000Z",
      "2026-03-29T07:00:00.000Z",
    ]);
    expect(await times(cron("*/20 * * * * *", "UTC"), at, 2)).toEqual([
      "2026-03-29T00:30:20.000Z",
      "2026-03-29T00:30:40.000Z",
    ]);
  });

  test.each([
    [cron(""), "Write a cron expression"],
    [cron("every day"), "This is no cron expression"],
    [cron("61 * * * *"), "This is no cron expression"],
    [cron("0 0 30 2 *"), "never due"],
    [cron("* * * * *", "Berlin"), 'no time zone called "Berlin"'],
  ])("never: %j", async (schedule, words) => {
    expect(await times(schedule)).toContain(words);
  });
});

test("the event of a schedule has the original's shape", () => {
  const event = scheduleEvent(cron("0 2 * * *"), at);
  expect(event).toMatchObject({ timestamp: 1774744200, cron: "0 2 * * *" });
  expect(event.timezone_configured).toEqual({
    date: { day: 29, month: 3, year: 2026 },
    iso8601: { date: "2026-03-29", time: "01:30:00.250+01:00", timestamp: "2026-03-29T01:30:00.250+01:00" },
    metadata: { day_name: "Sunday", day_of_week: 7, start_of_week: "2026-03-23" },
    pretty: { date: "March 29, 2026", time: expect.stringMatching(/^1:30\sAM$/), time_24h: "01:30" },
    time: { hour: 1, millisecond: 250, minute: 30, second: 0 },
    timezone: "Europe/Berlin",
  });
  expect(event.timezone_utc.iso8601.timestamp).toBe("2026-03-29T00:30:00.250Z");
  const interval = scheduleEvent({ kind: "interval", seconds: 60 }, at);
  expect(interval).toMatchObject({ interval_seconds: 60, timezone_configured: { timezone: "UTC" } });
  expect(interval).not.toHaveProperty("cron");
});
