import { ChevronDown, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { ConnectDialog, RenameAccountDialog } from "../../accounts/index.ts";
import { AppIcon, Button, IconButton, Menu } from "../../ui/index.ts";
import { type AttachedApp, chooseAccount } from "../../workflow/index.ts";
import { useAccountsOf, useEditor, useReadOnly } from "../services.ts";
import { AccountSelect } from "./AccountSelect.tsx";
import styles from "./apps.module.css";
import { chipItems } from "./chip-items.tsx";

export interface AppChipProps {
  readonly stepId: string;
  readonly attached: AttachedApp;
}

/** An attached app: which account the step uses, and what else can be done with it. */
export function AppChip({ stepId, attached }: AppChipProps) {
  const editor = useEditor();
  const readOnly = useReadOnly();
  const accounts = useAccountsOf(attached.app);
  const [dialog, setDialog] = useState<"connect" | "reconnect" | "rename" | null>(null);
  const app = editor.catalog.findApp(attached.app);
  const name = app?.name ?? attached.app;
  const needsAccount = app !== undefined && app.authType !== "none";
  const account = accounts.find(({ id }) => id === attached.accountId);
  const loaded = useStore(editor.accounts, (state) => state.loaded);
  const deleted = loaded && attached.accountId !== null && account === undefined;

  const choose = (accountId: string | null) =>
    editor.document.getState().apply((workflow) => chooseAccount(workflow, stepId, attached.app, accountId));

  return (
    <div className={styles.chip}>
      <AppIcon name={name} color={app?.color ?? "#6b7280"} iconPath={app?.iconPath ?? null} size={20} />
      <span className={styles.name}>{name}</span>
      {app === undefined && <span className={styles.deleted}>not in the catalogue</span>}
      {needsAccount && deleted && (
        <span className={styles.deleted}>
          <TriangleAlert size={13} aria-hidden /> account deleted
        </span>
      )}
      {needsAccount && accounts.length > 0 && (
        <AccountSelect
          label={`${name} account`}
          accounts={accounts}
          selected={account?.id ?? null}
          disabled={readOnly}
          onSelect={choose}
        />
      )}
      {needsAccount && loaded && account === undefined && (
        <Button size="s" variant="primary" disabled={readOnly} onClick={() => setDialog("connect")}>
          Connect {name}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={`${name} menu`} size="s" icon={<ChevronDown size={14} />} disabled={readOnly} />
        }
        items={chipItems({
          editor,
          stepId,
          slug: attached.app,
          name,
          known: app !== undefined,
          needsAccount,
          account,
          open: setDialog,
        })}
      />
      {needsAccount && (
        <ConnectDialog
          app={attached.app}
          accountId={dialog === "reconnect" ? account?.id : undefined}
          open={dialog === "connect" || dialog === "reconnect"}
          onOpenChange={(open) => !open && setDialog(null)}
          onConnected={(connected) => choose(connected.id)}
        />
      )}
      {account !== undefined && (
        <RenameAccountDialog
          account={account}
          others={accounts.filter((other) => other !== account)}
          open={dialog === "rename"}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
