const key = "runnel.recent-commands";
const kept = 8;

/** Ids of the commands that were chosen in the palette last, the latest first. */
export function recentCommands(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string").slice(0, kept) : [];
  } catch {
    return [];
  }
}

export function noteCommand(id: string): void {
  try {
    const recent = [id, ...recentCommands().filter((other) => other !== id)].slice(0, kept);
    localStorage.setItem(key, JSON.stringify(recent));
  } catch {
    // Storage is blocked or full: the order of the list is not worth a message.
  }
}
