import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";

const key = "runnel.theme";
const listeners = new Set<() => void>();
let current: Theme = stored();

/** The chosen theme, and the way to choose one. Kept in this browser; the system's is followed by default. */
export function useTheme(): { readonly theme: Theme; readonly setTheme: (theme: Theme) => void } {
  const theme = useSyncExternalStore(subscribe, () => current);
  return { theme, setTheme };
}

/** Whether dark or light is shown now, for what can't be styled by CSS variables. */
export function useShownTheme(): "light" | "dark" {
  return useSyncExternalStore(subscribeShown, shown);
}

function setTheme(theme: Theme): void {
  current = theme;
  apply(theme);
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

function stored(): Theme {
  let value: string | null = null;
  try {
    value = localStorage.getItem(key);
  } catch {
    // Storage is blocked or absent: follow the system.
  }
  const theme = value === "light" || value === "dark" ? value : "system";
  apply(theme);
  return theme;
}

function apply(theme: Theme): void {
  if (typeof document === "undefined") return;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function subscribeShown(listener: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  query.addEventListener("change", listener);
  const unsubscribe = subscribe(listener);
  return () => {
    query.removeEventListener("change", listener);
    unsubscribe();
  };
}

function shown(): "light" | "dark" {
  if (current !== "system") return current;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
