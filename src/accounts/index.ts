/** The room's face: accounts of apps, their page and their dialogs. */

export { accountForRun, hostsOfAccount } from "./account-for-run.ts";
export { type AccountStore, type AccountSummary, createAccountStore } from "./account-store.ts";
export { ConnectDialog } from "./ConnectDialog.tsx";
export { AccountsProvider } from "./context.tsx";
export { AccountsPage } from "./lazy.ts";
export { RenameAccountDialog } from "./RenameAccountDialog.tsx";
export { createConnectionTest, type TestConnection } from "./test-connection.ts";
