export { App } from "./App.tsx";
export { buildServices } from "./build-services.ts";
export { StartFailure } from "./StartFailure.tsx";
export { ServicesProvider } from "./services.ts";
