import {
  Command as CommandIcon,
  Copy,
  Database,
  Download,
  FileUp,
  Keyboard,
  KeyRound,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Plus,
  SquareFunction,
  Sun,
  Workflow as WorkflowIcon,
} from "lucide-react";
import { createElement } from "react";
import type { Command } from "../../ui/commands/index.ts";
import { setTheme, toast } from "../../ui/index.ts";
import type { AppServices } from "../services.ts";
import { createStored, duplicateStored, exportAllStored } from "../workflows/index.ts";

/** What a command of the app needs: the services, and the way to go to a page. */
export interface AppCommandDeps {
  readonly services: AppServices;
  readonly navigate: (path: string) => void;
  /** The page's address. */
  readonly path: string;
}

/** What can be done on every page. */
export function appCommands({ services, navigate, path }: AppCommandDeps): readonly Command[] {
  const { commands, storage, networkPolicies, signOut, openDocuments, imports } = services;
  const opened = /^\/workflows\/([\w-]+)$/.exec(path)?.[1];
  const goTo = (id: string, title: string, to: string, Icon: LucideIcon) =>
    command(`app.${id}`, title, "Go to page", Icon, () => navigate(to), { enabled: path !== to });
  return [
    command("app.palette", "Command palette", "Help", CommandIcon, () => commands.open("palette"), {
      keys: ["Mod+K", "F1"],
      place: "anywhere",
      hidden: true,
    }),
    command("app.shortcuts", "Keyboard shortcuts", "Help", Keyboard, () => commands.open("shortcuts"), {
      keys: ["?"],
      keywords: "keys help",
    }),
    goTo("workflows", "Workflows", "/", WorkflowIcon),
    goTo("accounts", "Accounts", "/accounts", KeyRound),
    goTo("environment", "Environment", "/environment", SquareFunction),
    goTo("data-stores", "Data stores", "/data-stores", Database),
    command(
      "app.new-workflow",
      "New workflow",
      "Workflows",
      Plus,
      told("Not created", async () => {
        const { id } = await createStored(storage.workflows);
        navigate(`/workflows/${id}`);
      }),
      { keywords: "create" },
    ),
    command("app.import", "Import workflows…", "Workflows", FileUp, imports.choose, {
      keywords: "open file load",
    }),
    command(
      "app.export-all",
      "Export all workflows to a file",
      "Workflows",
      Download,
      told("Not exported", () => exportAllStored(storage.workflows)),
      { keywords: "save download backup" },
    ),
    command(
      "app.duplicate-workflow",
      "Duplicate this workflow",
      "Workflows",
      Copy,
      told("Not duplicated", async () => {
        if (opened === undefined) return;
        // A copy of what is on the screen, not of what was stored a moment ago.
        await Promise.all([...openDocuments].map((document) => document.getState().flush()));
        const copy = await duplicateStored(storage.workflows, networkPolicies, opened);
        navigate(`/workflows/${copy.id}`);
      }),
      { enabled: opened !== undefined, keywords: "copy" },
    ),
    command("app.theme-light", "Theme: light", "Theme", Sun, () => setTheme("light")),
    command("app.theme-dark", "Theme: dark", "Theme", Moon, () => setTheme("dark")),
    command("app.theme-system", "Theme: like the system", "Theme", Monitor, () => setTheme("system")),
    command(
      "app.sign-out",
      "Sign out",
      "Session",
      LogOut,
      told("Not signed out", async () => {
        await signOut?.();
        location.assign("/");
      }),
      { enabled: signOut !== null },
    ),
  ];
}

function command(
  id: string,
  title: string,
  group: string,
  Icon: LucideIcon,
  run: () => void,
  more: Partial<Command> = {},
): Command {
  return { id, title, group, icon: createElement(Icon, { size: 15 }), enabled: true, run, ...more };
}

/** Says what went wrong. */
function told(what: string, work: () => Promise<void>): () => void {
  return () => {
    work().catch((error: unknown) => {
      toast(`${what}: ${error instanceof Error ? error.message : String(error)}`, { tone: "bad" });
    });
  };
}
