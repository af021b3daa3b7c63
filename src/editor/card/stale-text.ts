import type { StaleReason } from "../../runs/index.ts";

/** More than these are counted only. */
const SHOWN = 3;

/** Why a result is stale, as a sentence: `Stale: the code changed; the event changed.` `nameOf`: what people call an app. */
export function staleText(reasons: readonly StaleReason[], nameOf: (slug: string) => string): string {
  const texts = reasons.map((reason) => textOf(reason, nameOf));
  const more = texts.length - SHOWN;
  const shown = more > 0 ? [...texts.slice(0, SHOWN), `${more} more`] : texts;
  return shown.length === 0 ? "" : `Stale: ${shown.join("; ")}.`;
}

function textOf(reason: StaleReason, nameOf: (slug: string) => string): string {
  switch (reason.kind) {
    case "code":
      return "the code changed";
    case "event":
      return "the event changed";
    case "data-store":
      return "another data store is attached";
    case "older-version":
      return "it was tested with an earlier version of Runnel";
    case "account":
      return `another account of ${nameOf(reason.app)} is chosen`;
    case "account-fields":
      return `the properties of the ${nameOf(reason.app)} account changed`;
    case "app-added":
      return `${nameOf(reason.app)} was attached`;
    case "app-removed":
      return `${nameOf(reason.app)} was taken away`;
    case "variable":
      return `the environment variable ${reason.name} changed`;
    case "result":
      return `the step ${reason.step} above was run again with another result`;
    case "result-gone":
      return `the step ${reason.step} has no result above it any more`;
    case "result-new":
      return `the step ${reason.step} above has a result now`;
  }
}
