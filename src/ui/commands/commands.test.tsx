// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { matchesChord, shownChord } from "./chord.ts";
import type { Command } from "./command.ts";
import { useCommandKeys } from "./use-command-keys.ts";

afterEach(cleanup);

const none = { code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe("chords", () => {
  test.each([
    ["Mod+Z", { key: "z", ctrlKey: true }, true],
    ["Mod+Z", { key: "Z", ctrlKey: true, shiftKey: true }, false],
    ["Mod+Shift+Z", { key: "Z", ctrlKey: true, shiftKey: true }, true],
    ["Mod+Z", { key: "z" }, false],
    ["Mod+Z", { key: "z", ctrlKey: true, altKey: true }, false],
    ["Alt+Enter", { key: "Enter", altKey: true }, true],
    ["Alt+N", { key: "˜", code: "KeyN", altKey: true }, true],
    ["Alt+.", { key: "≥", code: "Period", altKey: true }, true],
    ["?", { key: "?", shiftKey: true }, true],
    ["?", { key: "?" }, true],
    ["F2", { key: "F2" }, true],
  ] as const)("%s and %o: %s", (chord, press, matches) => {
    expect(matchesChord({ ...none, ...press }, chord, false)).toBe(matches);
  });

  test("Mod is Cmd on a Mac, where Ctrl is the text's", () => {
    expect(matchesChord({ ...none, key: "k", metaKey: true }, "Mod+K", true)).toBe(true);
    expect(matchesChord({ ...none, key: "k", ctrlKey: true }, "Mod+K", true)).toBe(false);
  });

  test("as people know them", () => {
    expect(shownChord("Mod+Shift+Z", false)).toBe("Ctrl+Shift+Z");
    expect(shownChord("Mod+Shift+Z", true)).toBe("⇧⌘Z");
    expect(shownChord("Alt+ArrowUp", false)).toBe("Alt+↑");
  });
});

const ran: string[] = [];
const command = (id: string, keys: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: "",
  keys: [keys],
  enabled: true,
  run: () => void ran.push(id),
  ...more,
});
const commands = [
  command("anywhere", "Mod+Enter", { place: "anywhere" }),
  command("outside", "Mod+Z"),
  command("card", "Delete", { place: "card" }),
  command("off", "Mod+Shift+Enter", { place: "anywhere", enabled: false }),
  command("browser", "Mod+C", { place: "anywhere", byBrowser: true }),
];
function Page() {
  useCommandKeys(() => commands);
  return (
    <>
      <article data-at="card" tabIndex={-1}>
        <button type="button" data-at="button" />
        <div className="monaco-editor">
          <textarea data-at="code" />
          <div className="find-widget">
            <input data-at="find" />
          </div>
        </div>
      </article>
      <div role="dialog">
        <button type="button" data-at="dialog" />
      </div>
    </>
  );
}

describe("keys of commands", () => {
  const press = (at: string, init: KeyboardEventInit) => {
    ran.length = 0;
    const target = document.querySelector(`[data-at=${at}]`);
    if (target === null) throw new Error(`nothing is at ${at}`);
    // False: somebody has taken the key.
    const free = fireEvent.keyDown(target, init);
    return `${ran.join()}${free ? "" : " taken"}`;
  };

  test.each([
    ["code", { key: "Enter", ctrlKey: true }, "anywhere taken"],
    ["button", { key: "Enter", ctrlKey: true }, "anywhere taken"],
    ["button", { key: "z", ctrlKey: true }, "outside taken"],
    ["code", { key: "z", ctrlKey: true }, ""],
    ["card", { key: "Delete" }, "card taken"],
    ["button", { key: "Delete" }, ""],
    ["dialog", { key: "Enter", ctrlKey: true }, ""],
    ["find", { key: "Enter", ctrlKey: true }, ""],
    ["code", { key: "Enter", ctrlKey: true, shiftKey: true }, ""],
    ["code", { key: "Enter", ctrlKey: true, isComposing: true }, ""],
    ["code", { key: "Enter", ctrlKey: true, repeat: true }, ""],
    ["card", { key: "z", ctrlKey: true, repeat: true }, "outside taken"],
    ["card", { key: "c", ctrlKey: true }, ""],
  ] as const)("at the %s, %o: %s", (at, init, result) => {
    render(<Page />);
    expect(press(at, init)).toBe(result);
  });
});
