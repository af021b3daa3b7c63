/** What the editor remembers of the person, beside any document. */
export interface EditorPreferences {
  /** Slugs of the apps chosen last, the latest first. */
  recentApps(): readonly string[];
  noteApp(slug: string): void;
  /** Whether steps are formatted when they are tested. */
  formatOnTest(): boolean;
  setFormatOnTest(wanted: boolean): void;
}

const key = "runnel.recent-apps";
const formatKey = "runnel.format-on-test";
const kept = 12;

/** Preferences in a key-value storage of the browser; without one they last until the page is closed. */
export function createPreferences(open: () => Pick<Storage, "getItem" | "setItem">): EditorPreferences {
  let recent = read(open);
  let format: boolean | null = null;
  return {
    formatOnTest() {
      try {
        return open().getItem(formatKey) === "yes";
      } catch {
        return format ?? false;
      }
    },
    setFormatOnTest(wanted) {
      format = wanted;
      try {
        open().setItem(formatKey, wanted ? "yes" : "no");
      } catch {
        // Storage is blocked or full: it holds until the page is closed.
      }
    },
    recentApps: () => recent,
    noteApp(slug) {
      recent = [slug, ...recent.filter((other) => other !== slug)].slice(0, kept);
      try {
        open().setItem(key, JSON.stringify(recent));
      } catch {
        // Storage is blocked or full: the order of the list is not worth a message.
      }
    },
  };
}

function read(open: () => Pick<Storage, "getItem">): readonly string[] {
  try {
    const value: unknown = JSON.parse(open().getItem(key) ?? "[]");
    return Array.isArray(value) ? value.filter((slug) => typeof slug === "string").slice(0, kept) : [];
  } catch {
    return [];
  }
}
