import { Plus } from "lucide-react";
import { useState } from "react";
import { Banner, Button, EmptyState, Page, Spinner, toast } from "../ui/index.ts";
import { AccountGroup } from "./AccountGroup.tsx";
import { AppPicker } from "./AppPicker.tsx";
import { ConnectDialog } from "./ConnectDialog.tsx";
import { useAccounts } from "./context.tsx";
import { groupByApp } from "./group-by-app.ts";

interface Connecting {
  readonly app: string;
  readonly accountId: string | undefined;
}

/** All accounts, grouped by app. */
export function AccountsPage() {
  const { accounts, loaded, problem } = useAccounts();
  const [isPicking, setPicking] = useState(false);
  const [connecting, setConnecting] = useState<Connecting | null>(null);
  const pick = (
    <Button variant="primary" onClick={() => setPicking(true)}>
      <Plus size={15} aria-hidden />
      Connect an account
    </Button>
  );

  return (
    <Page title="Accounts" actions={accounts.length > 0 && pick}>
      {problem !== null && <Banner tone="bad">{problem}</Banner>}
      {!loaded && problem === null && <Spinner label="Loading accounts" />}
      {loaded && accounts.length === 0 && (
        <EmptyState title="No accounts yet" action={pick}>
          An account holds what an app asks for, such as a token. Steps that you attach it to read it as{" "}
          <code>pd.inputs["app"]["$auth"]</code>. It is kept encrypted in this browser.
        </EmptyState>
      )}
      {groupByApp(accounts).map((group) => (
        <AccountGroup
          key={group.slug}
          group={group}
          onConnect={(accountId) => setConnecting({ app: group.slug, accountId })}
        />
      ))}
      <AppPicker
        open={isPicking}
        onClose={() => setPicking(false)}
        onPick={(app) => {
          setPicking(false);
          setConnecting({ app, accountId: undefined });
        }}
      />
      {connecting !== null && (
        <ConnectDialog
          {...connecting}
          open
          onOpenChange={() => setConnecting(null)}
          onConnected={({ name }) =>
            toast(connecting.accountId === undefined ? `Connected ${name}` : `Saved ${name}`, { tone: "ok" })
          }
        />
      )}
    </Page>
  );
}
