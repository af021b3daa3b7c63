/** The room's face: secrets sealed at rest, and replaced in output. */
export { SHORTEST_SECRET, secretForms } from "./redact/forms.ts";
export { MARK_PATTERN, markOf } from "./redact/mark.ts";
export { createRedactor } from "./redact/redactor.ts";
export { createSealedRecords, RecordMissing, type SealedRecords } from "./sealed-records.ts";
export type { NamedSecret, Redactor, Sealed, SealedAccount, SealedVariable } from "./types.ts";
export { openVault, type Vault, VaultLocked, VaultUnavailable } from "./vault.ts";
