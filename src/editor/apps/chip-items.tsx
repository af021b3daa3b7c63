import { BookOpen, Code, KeyRound, Pencil, Plus, Trash2 } from "lucide-react";
import type { AccountSummary } from "../../accounts/index.ts";
import type { MenuItem } from "../../ui/index.ts";
import { detachApp } from "../../workflow/index.ts";
import { insertCodeOf, openDocs, report } from "../actions.ts";
import type { EditorContextValue } from "../services.ts";

export interface ChipItemsOptions {
  readonly editor: EditorContextValue;
  readonly stepId: string;
  readonly slug: string;
  readonly name: string;
  /** False: the catalogue has no such app (any more), so there is no code and no documentation. */
  readonly known: boolean;
  readonly needsAccount: boolean;
  readonly account: AccountSummary | undefined;
  readonly open: (dialog: "connect" | "reconnect" | "rename") => void;
}

/** The menu of an attached app. */
export function chipItems(options: ChipItemsOptions): readonly MenuItem[] {
  const { editor, stepId, slug, name, known, needsAccount, account, open } = options;
  const items: MenuItem[] = [];
  if (needsAccount && known) {
    items.push({
      label: account === undefined ? `Connect ${name}…` : "Connect another account…",
      icon: <Plus size={14} />,
      onSelect: () => open("connect"),
    });
  }
  if (account !== undefined) {
    items.push(
      { label: "Rename account…", icon: <Pencil size={14} />, onSelect: () => open("rename") },
      { label: "Reconnect account…", icon: <KeyRound size={14} />, onSelect: () => open("reconnect") },
    );
  }
  if (items.length > 0) items.push("separator");
  if (known) {
    items.push(
      {
        label: `Insert code for ${name}`,
        icon: <Code size={14} />,
        onSelect: () => insertCodeOf(editor, stepId, slug).catch(report(`Inserting code for ${name}`)),
      },
      {
        label: "Open docs",
        icon: <BookOpen size={14} />,
        onSelect: () => openDocs(editor, slug).catch(report("Opening the documentation")),
      },
      "separator",
    );
  }
  items.push({
    label: `Remove ${name}`,
    icon: <Trash2 size={14} />,
    danger: true,
    onSelect: () => editor.document.getState().apply((workflow) => detachApp(workflow, stepId, slug)),
  });
  return items;
}
