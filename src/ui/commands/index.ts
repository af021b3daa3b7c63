export { type Chord, shownChord } from "./chord.ts";
export type { Command, CommandSource, KeyPlace } from "./command.ts";
export { placesOf, useCommandKeys } from "./use-command-keys.ts";
