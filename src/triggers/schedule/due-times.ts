import { failure, type Result, success } from "../../lib/result.ts";
import type { Schedule } from "../../workflow/index.ts";

/**
 * The next times at which a schedule is due, in milliseconds since the epoch, soonest first; fewer than `count` where it ends. What
 * is wrong with it as a sentence for the person. Intervals are counted from midnight UTC of 1970, so that every tab and every visit
 * has the same times: every 900 seconds is at :00, :15, :30 and :45.
 */
export async function dueTimes(
  schedule: Schedule,
  after: number,
  count: number,
): Promise<Result<readonly number[], string>> {
  if (schedule.kind === "interval") {
    const step = schedule.seconds * 1000;
    const first = (Math.floor(after / step) + 1) * step;
    return success(Array.from({ length: count }, (_, index) => first + index * step));
  }
  const { expression, timeZone } = schedule;
  if (expression.trim() === "")
    return failure("Write a cron expression, such as 0 9 * * 1-5 (9:00 on weekdays).");
  if (!isTimeZone(timeZone))
    return failure(`There is no time zone called ${JSON.stringify(timeZone)}; one is Europe/Berlin.`);
  try {
    const { Cron } = await import("croner");
    const cron = new Cron(expression, { timezone: timeZone, paused: true });
    const times = cron.nextRuns(count, new Date(after)).map((date) => date.getTime());
    return times.length > 0 ? success(times) : failure("This is never due.");
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/^Cron\w+: /, "");
    return failure(`This is no cron expression: ${reason}`);
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
