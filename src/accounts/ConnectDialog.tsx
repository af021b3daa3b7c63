import { findApp } from "../catalog/index.ts";
import { AppIcon, Banner, Button, Dialog, Spinner } from "../ui/index.ts";
import type { AccountSummary } from "./account-store.ts";
import { ConnectForm } from "./ConnectForm.tsx";
import { useConnectSubject } from "./use-connect-subject.ts";

export interface ConnectDialogProps {
  /** Slug of the app. */
  readonly app: string;
  /** An account to edit or to give new credentials; without one, a new account is made. */
  readonly accountId?: string | undefined;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The account is stored, new or changed. */
  readonly onConnected: (account: AccountSummary) => void;
}

/** Asks for an app's credentials, tries them on request, and stores them sealed. */
export function ConnectDialog(props: ConnectDialogProps) {
  // What is typed goes when the dialog closes: each opening begins anew.
  return props.open ? <OpenConnectDialog key={`${props.app} ${props.accountId ?? ""}`} {...props} /> : null;
}

function OpenConnectDialog({ app: slug, accountId, onOpenChange, onConnected }: ConnectDialogProps) {
  const summary = findApp(slug);
  const subject = useConnectSubject(slug, accountId);
  const name = summary?.name ?? slug;
  const close = () => onOpenChange(false);

  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={accountId === undefined ? `Connect ${name}` : `Reconnect ${name}`}
      icon={summary && <AppIcon name={summary.name} color={summary.color} iconPath={summary.iconPath} />}
    >
      {subject.kind === "loading" && <Spinner label={`Loading the form of ${name}`} />}
      {subject.kind === "failed" && (
        <Banner tone="bad" actions={subject.retry && <Button onClick={subject.retry}>Try again</Button>}>
          {subject.message}
        </Banner>
      )}
      {subject.kind === "ready" && (
        <ConnectForm subject={subject} onClose={close} onConnected={onConnected} />
      )}
    </Dialog>
  );
}
