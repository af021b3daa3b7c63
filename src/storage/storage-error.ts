/** Why something can't be stored or read. `read-only`: what is stored must not be overwritten. */
export type StorageFailure = "quota" | "unavailable" | "read-only" | "unknown";

/** Reading or writing failed; the message is a sentence for people and says what to do. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly reason: StorageFailure;

  constructor(reason: StorageFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** What the browser threw, as a `StorageError`. */
export function toStorageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  const options = { cause: error };
  switch (name) {
    case "QuotaExceededError":
      return new StorageError(
        "quota",
        "This browser's storage is full. Free some disk space or delete workflows that you don't need.",
        options,
      );
    case "InvalidStateError":
    case "AbortError":
    case "NotFoundError":
      return new StorageError(
        "unavailable",
        "The connection to this browser's storage was lost. Reload the page if this stays.",
        options,
      );
    case "SecurityError":
      return new StorageError(
        "unavailable",
        "This browser doesn't let this page store anything. Allow storage (cookies and site data) for this address, or leave the private window.",
        options,
      );
    case "VersionError":
      return new StorageError(
        "unavailable",
        "What is stored here was written by a newer version of Runnel. Reload the page; if that doesn't help, update Runnel.",
        options,
      );
    default:
      return new StorageError("unknown", `This browser's storage failed: ${messageOf(error)}`, options);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== "" ? error.message : String(error);
}
