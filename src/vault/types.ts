/** AES-GCM ciphertext with its own nonce; base64. Means something only with this browser's key. */
export interface Sealed {
  readonly iv: string;
  readonly data: string;
}

/** An account as stored: everything a person typed into its fields is sealed. */
export interface SealedAccount {
  readonly id: string;
  /** Slug of the app it belongs to. */
  readonly app: string;
  readonly name: string;
  /** Sealed JSON of `Record<field, value>`. */
  readonly fields: Sealed;
  readonly createdAt: number;
  readonly lastUsedAt: number;
}

/** An environment variable as stored. */
export interface SealedVariable {
  /** The variable's name, which is its key. */
  readonly id: string;
  readonly value: Sealed;
  /** Secret values are never shown again in full. */
  readonly secret: boolean;
  readonly description: string;
  readonly updatedAt: number;
}

/** A secret value and the name that stands in for it wherever it would be shown. */
export interface NamedSecret {
  /** E.g. `slack.$auth.oauth_access_token` or `env.STRIPE_KEY`. */
  readonly name: string;
  readonly value: string;
}

/** Replaces secrets in what is shown or stored. Marks read `⟦name⟧` (hidden); see `createRedactor`. */
export interface Redactor {
  /** In plain text: logs, tracebacks, paths. Finds the value itself and its base64, URL-encoded and JSON-escaped forms. */
  text(text: string): string;
  /** In JSON text: strings and keys are redacted, the result is valid JSON always. */
  json(json: string): string;
  /** As `json`, for texts of megabytes: the page can paint meanwhile. Short ones are done before it returns. */
  jsonInSlices(json: string): Promise<string>;
  /** How many characters at the end of `text` could be the beginning of a secret; for streams that arrive in pieces. */
  heldBack(text: string): number;
}
