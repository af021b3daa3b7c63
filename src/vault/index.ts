export { SHORTEST_SECRET, secretForms } from "./redact/forms.ts";
export { MARK_PATTERN, markOf } from "./redact/mark.ts";
export { createRedactor } from "./redact/redactor.ts";
export type { NamedSecret, Redactor, Sealed, SealedAccount, SealedVariable } from "./types.ts";
export { openVault, type Vault, VaultLocked, VaultUnavailable } from "./vault.ts";
