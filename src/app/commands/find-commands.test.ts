import { expect, test } from "vitest";
import type { Command } from "../../ui/commands/index.ts";
import { findCommands } from "./find-commands.ts";

const command = (id: string, title: string, group = "Workflow", more: Partial<Command> = {}): Command => ({
  id,
  title,
  group,
  enabled: true,
  run: () => {},
  ...more,
});

const commands = [
  command("test", "Test this step", "Step", { keywords: "run" }),
  command("all", "Test workflow"),
  command("limit", "Time limit…", "Workflow", { keywords: "timeout settings" }),
  command("off", "Stop", "Workflow", { enabled: false }),
  command("self", "Command palette", "Help", { hidden: true }),
];
const shown = (query: string, recent: readonly string[] = []) =>
  findCommands(commands, query, recent).map(({ heading, commands: found }) => [
    heading,
    ...found.map(({ id }) => id),
  ]);

test("without a query: what was used last, then all that can be done, under its headings", () => {
  expect(shown("")).toEqual([
    ["Step", "test"],
    ["Workflow", "all", "limit"],
  ]);
  expect(shown("", ["limit", "gone", "off"])).toEqual([
    ["Recently used", "limit"],
    ["Step", "test"],
    ["Workflow", "all"],
  ]);
});

test("letters may be left out, other words are known, titles come first", () => {
  expect(shown("tw")[0]?.[1]).toBe("all");
  expect(shown("timeout")).toEqual([["Commands", "limit"]]);
  expect(shown("run")).toEqual([["Commands", "test"]]);
  expect(shown("test")[0]?.slice(1, 3)).toEqual(expect.arrayContaining(["test", "all"]));
  expect(shown("zzz")).toEqual([]);
});

test("of what matches alike, what was used of late comes first", () => {
  expect(shown("test", ["all"])[0]?.[1]).toBe("all");
  expect(shown("test", ["test"])[0]?.[1]).toBe("test");
});
