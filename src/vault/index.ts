/** The room's face: secrets sealed at rest, and replaced in output. */
export { SHORTEST_SECRET } from "./redact/forms.ts";
export { guardedForms, SHORTEST_GUARDED } from "./redact/guarded-forms.ts";
export { createRedactor } from "./redact/redactor.ts";
export { createSealedRecords, RecordMissing } from "./sealed-records.ts";
export type { NamedSecret, Redactor, SealedAccount, SealedVariable } from "./types.ts";
export { openVault, type Vault, VaultLocked } from "./vault.ts";
