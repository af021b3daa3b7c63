import { lazy } from "react";

/** These load when they are shown: whoever opens Runnel does not wait for them. */
export const DataStoresPage = lazy(() =>
  import("./DataStoresPage.tsx").then(({ DataStoresPage: page }) => ({ default: page })),
);

export const DataStorePage = lazy(() =>
  import("./DataStorePage.tsx").then(({ DataStorePage: page }) => ({ default: page })),
);
