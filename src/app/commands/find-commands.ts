import { defaultFilter } from "cmdk";
import type { Command } from "../../ui/commands/index.ts";

/** More than these nobody reads; a workflow may have hundreds of steps to go to. */
const MOST = 60;
/** The title and what it is also called count more than the heading it stands under. */
const OTHER_WORDS = 0.6;
const RECENT = 1.3;

export interface CommandSection {
  readonly heading: string;
  readonly commands: readonly Command[];
}

/**
 * What the palette shows: without a query what was used last and then everything under its heading, else what matches, the best first.
 * Letters of the query may have others between them. What was used of late comes before what matches as well.
 */
export function findCommands(
  commands: readonly Command[],
  query: string,
  recent: readonly string[],
): readonly CommandSection[] {
  const usable = commands.filter(({ enabled, hidden }) => enabled && hidden !== true);
  const text = query.trim();
  if (text === "") {
    const byId = new Map(usable.map((command) => [command.id, command]));
    const used = recent.flatMap((id) => byId.get(id) ?? []);
    const rest = usable.filter((command) => !used.includes(command));
    const headings = [...new Set(rest.map(headingOf))];
    return [
      ...(used.length > 0 ? [{ heading: "Recently used", commands: used }] : []),
      ...headings.map((heading) => ({
        heading,
        commands: rest.filter((command) => headingOf(command) === heading).slice(0, MOST),
      })),
    ];
  }
  const found = usable
    .map((command) => ({
      command,
      score: scoreOf(command, text) * (recent.includes(command.id) ? RECENT : 1),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ command }) => command);
  return found.length === 0 ? [] : [{ heading: "Commands", commands: found }];
}

/** `Step python_slack`: the group and what it is about. */
export function headingOf({ group, subject }: Command): string {
  return subject === undefined ? group : `${group} ${subject}`;
}

function scoreOf({ title, keywords = "", group }: Command, query: string): number {
  return Math.max(
    defaultFilter(title, query),
    OTHER_WORDS * defaultFilter(`${title} ${keywords} ${group}`, query),
  );
}
