import type { Schedule } from "../../workflow/index.ts";

/** One moment as a time zone has it; the names are the original's, the texts as luxon writes them (`toISO`, `DATE_FULL`, …). */
interface MomentInZone {
  readonly date: { readonly day: number; readonly month: number; readonly year: number };
  readonly iso8601: { readonly date: string; readonly time: string; readonly timestamp: string };
  readonly metadata: {
    readonly day_name: string;
    /** 1 (Monday) to 7. */
    readonly day_of_week: number;
    /** Date of the Monday. */
    readonly start_of_week: string;
  };
  readonly pretty: { readonly date: string; readonly time: string; readonly time_24h: string };
  readonly time: {
    readonly hour: number;
    readonly millisecond: number;
    readonly minute: number;
    readonly second: number;
  };
  readonly timezone: string;
}

/** `pd.steps["trigger"]["event"]` of a schedule, in the original's shape. */
export interface ScheduleEvent {
  readonly cron?: string;
  readonly interval_seconds?: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
  readonly timezone_configured: MomentInZone;
  readonly timezone_utc: MomentInZone;
}

/** The event of a schedule that is due at `at` (milliseconds since the epoch). Throws RangeError for a time zone that there isn't. */
export function scheduleEvent(schedule: Schedule, at: number): ScheduleEvent {
  const when =
    schedule.kind === "cron" ? { cron: schedule.expression } : { interval_seconds: schedule.seconds };
  return {
    ...when,
    timestamp: Math.floor(at / 1000),
    timezone_configured: inZone(at, schedule.kind === "cron" ? schedule.timeZone : "UTC"),
    timezone_utc: inZone(at, "UTC"),
  };
}

const DAY = 24 * 3600_000;

function inZone(at: number, timezone: string): MomentInZone {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-US", { timeZone: timezone, ...options });
  const parts = new Map(
    format({
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
      hourCycle: "h23",
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const [year, month, day] = [part("year"), part("month"), part("day")];
  const [hour, minute, second] = [part("hour"), part("minute"), part("second")];
  const millisecond = ((at % 1000) + 1000) % 1000;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const weekday = new Date(local).getUTCDay() || 7;
  const isoDate = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  const time = `${new Date(local).toISOString().slice(11, 23)}${offset(local - at)}`;
  return {
    date: { day, month, year },
    iso8601: { date: isoDate(local), time, timestamp: `${isoDate(local)}T${time}` },
    metadata: {
      day_name: format({ weekday: "long" }).format(at),
      day_of_week: weekday,
      start_of_week: isoDate(local - (weekday - 1) * DAY),
    },
    pretty: {
      date: format({ dateStyle: "long" }).format(at),
      time: format({ timeStyle: "short" }).format(at),
      time_24h: format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at),
    },
    time: { hour, millisecond, minute, second },
    timezone,
  };
}

/** `Z`, `+02:00`. */
function offset(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes === 0) return "Z";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
