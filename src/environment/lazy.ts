import { lazy } from "react";

/** Loads when it is shown: whoever opens Runnel does not wait for it. */
export const EnvironmentPage = lazy(() =>
  import("./EnvironmentPage.tsx").then(({ EnvironmentPage: page }) => ({ default: page })),
);
