/** The room's face: apps as data, their search, their code. */
import { appSummaries } from "virtual:runnel-apps";
import type { AppSummary } from "./types.ts";

export { expandTemplate, filledFields, MissingField } from "./fields.ts";
export { allowedHosts, coversHost } from "./hosts.ts";
export { loadApp } from "./load.ts";
export { pythonFor } from "./python/python-for.ts";
export type { MatchRank } from "./search/match.ts";
export { type AppMatch, type AppSearch, createAppSearch, type SearchContext } from "./search/search.ts";
export { type HttpRequest, testRequestOf, testsInPython } from "./test-request.ts";
export type {
  App,
  AppField,
  AppSummary,
  AppTemplate,
  AuthType,
  CredentialPlacement,
  TestRequest,
} from "./types.ts";
export { appSummaries };

const bySlug = new Map(appSummaries.map((app) => [app.slug, app]));

/** The app of that slug, or undefined. */
export function findApp(slug: string): AppSummary | undefined {
  return bySlug.get(slug);
}
