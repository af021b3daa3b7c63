/** The room's face: environment variables, their page and their store. */
export { EnvironmentPage } from "./EnvironmentPage.tsx";
export { createEnvironmentStore, type EnvironmentStore } from "./environment-store.ts";
