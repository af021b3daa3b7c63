import type { MouseEvent } from "react";

/**
 * The second click of a double click. Where Stop and Test are one button, the first has often ended the step by then: the second
 * must not start it again.
 */
export function isSecondOfDouble(event: MouseEvent): boolean {
  return event.detail > 1;
}
