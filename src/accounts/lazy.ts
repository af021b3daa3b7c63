import { lazy } from "react";

/** Loads when it is shown: whoever opens Runnel does not wait for it. */
export const AccountsPage = lazy(() =>
  import("./AccountsPage.tsx").then(({ AccountsPage: page }) => ({ default: page })),
);
