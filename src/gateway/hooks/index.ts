export { createHooks, type Hooks } from "./hooks.ts";
export { createHookShelf, defaultDataDir } from "./shelf.ts";
