import { useSyncExternalStore } from "react";
import { chosenTheme, setTheme, shownTheme, subscribeTheme, type Theme } from "./theme.ts";

export type { Theme };

/** The chosen theme, and the way to choose one. Kept in this browser; the system's is followed by default. */
export function useTheme(): { readonly theme: Theme; readonly setTheme: (theme: Theme) => void } {
  return { theme: useSyncExternalStore(subscribeTheme, chosenTheme), setTheme };
}

/** Whether dark or light is shown now, for what can't be styled by CSS variables. */
export function useShownTheme(): "light" | "dark" {
  return useSyncExternalStore(subscribeTheme, shownTheme);
}
