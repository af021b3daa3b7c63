/** The room's face: environment variables, their page and their store. */
export { createEnvironmentStore, type EnvironmentStore } from "./environment-store.ts";
export { EnvironmentPage } from "./lazy.ts";
