/** The room's face: accounts of apps, their page and their dialog. */

export { AccountsPage } from "./AccountsPage.tsx";
export { type AccountForRun, accountForRun, accountSecrets } from "./account-for-run.ts";
export { suggestAccountName } from "./account-name.ts";
export {
  type AccountState,
  type AccountStore,
  type AccountSummary,
  createAccountStore,
} from "./account-store.ts";
export { ConnectDialog, type ConnectDialogProps } from "./ConnectDialog.tsx";
export { type AccountServices, AccountsProvider, type AccountUse, useAccounts } from "./context.tsx";
export { RenameAccountDialog } from "./RenameAccountDialog.tsx";
export { type ConnectionResult, createConnectionTest, type TestConnection } from "./test-connection.ts";
