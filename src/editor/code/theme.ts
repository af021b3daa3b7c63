import type { monaco as Monaco } from "./monaco.ts";

/** Name of the one theme: it is defined anew from the tokens whenever light and dark change. */
export const themeName = "runnel";

const rules: readonly (readonly [token: string, variable: string, fontStyle?: string])[] = [
  ["", "--text"],
  ["keyword", "--code-keyword"],
  ["string", "--code-string"],
  ["string.escape", "--code-string"],
  ["comment", "--code-comment", "italic"],
  ["number", "--code-number"],
  ["tag", "--code-function"],
  ["function", "--code-function"],
  ["delimiter", "--text"],
  ["type", "--code-function"],
  ["string.key.json", "--code-function"],
  ["string.value.json", "--code-string"],
  ["keyword.json", "--code-keyword"],
];

const colors: Readonly<Record<string, string>> = {
  "editor.background": "--sunken",
  "editor.foreground": "--text",
  "editorLineNumber.foreground": "--faint",
  "editorLineNumber.activeForeground": "--muted",
  "editorCursor.foreground": "--accent",
  "editor.selectionBackground": "--selection",
  "editor.lineHighlightBackground": "--line-highlight",
  "editor.lineHighlightBorder": "--line-highlight",
  "editorBracketMatch.background": "--accent-soft",
  "editorBracketMatch.border": "--line-strong",
  "editorBracketHighlight.foreground1": "--text",
  "editorBracketHighlight.foreground2": "--text",
  "editorBracketHighlight.foreground3": "--text",
  "editor.wordHighlightBackground": "--accent-soft",
  "editorWidget.background": "--panel",
  "editorWidget.foreground": "--text",
  "editorWidget.border": "--line-strong",
  "editorSuggestWidget.background": "--panel",
  "editorSuggestWidget.border": "--line-strong",
  "editorSuggestWidget.foreground": "--text",
  "editorSuggestWidget.selectedBackground": "--accent-soft",
  "editorSuggestWidget.selectedForeground": "--text",
  "editorSuggestWidget.highlightForeground": "--accent",
  "editorSuggestWidget.focusHighlightForeground": "--accent",
  "editorHoverWidget.background": "--panel",
  "editorHoverWidget.border": "--line-strong",
  "editorError.foreground": "--bad",
  "input.background": "--sunken",
  "input.foreground": "--text",
  "input.border": "--line-strong",
  focusBorder: "--accent",
  "diffEditor.insertedLineBackground": "--ok-soft",
  "diffEditor.removedLineBackground": "--bad-soft",
  "diffEditor.insertedTextBackground": "--ok-soft",
  "diffEditor.removedTextBackground": "--bad-soft",
  "diffEditor.insertedTextBorder": "--ok",
  "diffEditor.removedTextBorder": "--bad",
  "diffEditor.unchangedRegionBackground": "--panel",
  "diffEditor.unchangedRegionForeground": "--muted",
  "menu.background": "--panel",
  "menu.foreground": "--text",
  "menu.selectionBackground": "--accent-soft",
  "menu.selectionForeground": "--text",
  "scrollbarSlider.background": "--scroll-slider",
  "scrollbarSlider.hoverBackground": "--line-strong",
  "scrollbarSlider.activeBackground": "--line-strong",
};

/** Takes the tokens as they are shown now into Monaco's theme. */
export function applyTheme(monaco: typeof Monaco, shown: "light" | "dark"): void {
  const read = tokenReader();
  monaco.editor.defineTheme(themeName, {
    base: shown === "dark" ? "vs-dark" : "vs",
    inherit: true,
    rules: rules.map(([token, variable, fontStyle]) => ({
      token,
      foreground: read(variable).slice(1),
      ...(fontStyle === undefined ? {} : { fontStyle }),
    })),
    colors: Object.fromEntries(Object.entries(colors).map(([key, variable]) => [key, read(variable)])),
  });
  monaco.editor.setTheme(themeName);
}

/** Monaco wants `#rrggbb`; the tokens are `oklch()` behind `light-dark()`: a canvas turns any colour into bytes. */
function tokenReader(): (variable: string) => string {
  const probe = document.createElement("span");
  document.body.append(probe);
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const read = (variable: string): string => {
    if (context === null) return "#808080";
    probe.style.color = derived[variable] ?? `var(${variable})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
  queueMicrotask(() => probe.remove());
  return read;
}

const derived: Readonly<Record<string, string>> = {
  "--line-highlight": "color-mix(in srgb, var(--sunken) 82%, var(--line))",
  "--scroll-slider": "color-mix(in srgb, var(--sunken) 40%, var(--line-strong))",
};
