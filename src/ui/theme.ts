export type Theme = "system" | "light" | "dark";

const key = "runnel.theme";
const listeners = new Set<() => void>();
const systemDark = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
let current: Theme = stored();

showTheme();
systemDark?.addEventListener("change", showTheme);

/** The theme that was chosen. */
export function chosenTheme(): Theme {
  return current;
}

/** Chooses a theme; kept in this browser. */
export function setTheme(theme: Theme): void {
  current = theme;
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
  showTheme();
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    // Storage is blocked or absent: follow the system.
    return "system";
  }
}

/** Whether dark or light is shown now. */
export function shownTheme(): "light" | "dark" {
  if (current !== "system") return current;
  return systemDark?.matches === true ? "dark" : "light";
}

/** Puts the theme on the page. Until then the tokens follow the system by themselves, so nothing flashes. */
function showTheme(): void {
  if (typeof document !== "undefined") document.documentElement.dataset.theme = shownTheme();
  for (const listener of listeners) listener();
}

/** Calls back when another theme is shown or chosen. */
export function subscribeTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
