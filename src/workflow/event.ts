import { failure, type Result, success } from "../lib/result.ts";
import { findJsonError } from "./json-error.ts";

/** What is wrong with an event, for people, and where: line and column count from 1. */
export interface EventProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

const EMPTY = { message: "The event is empty. Write {} for an event without data.", offset: 0 };

/** The trigger's event as a value. Any JSON value will do; no text at all is a problem. */
export function parseEvent(text: string): Result<unknown, EventProblem> {
  try {
    return success(JSON.parse(text));
  } catch {
    const found = (text.trim() === "" ? EMPTY : findJsonError(text)) ?? {
      message: "This is not valid JSON.",
      offset: 0,
    };
    const before = text.slice(0, found.offset);
    const lineStart = before.lastIndexOf("\n") + 1;
    return failure({
      message: found.message,
      line: before.split("\n").length,
      column: found.offset - lineStart + 1,
    });
  }
}
