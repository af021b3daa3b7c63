export type { EventFacts, EventRecord, EventRepository, HookRecord, HookTokens } from "./types.ts";
