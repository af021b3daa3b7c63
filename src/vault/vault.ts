import type { KeyRepository } from "../storage/index.ts";
import { base64 } from "./redact/encodings.ts";
import type { Sealed } from "./types.ts";

/** Encrypts and decrypts secrets with this browser's key. */
export interface Vault {
  /** Encrypts `text` with a nonce of its own. */
  seal(text: string): Promise<Sealed>;
  /** @throws VaultLocked where it can't be decrypted: sealed with another key, or changed since. */
  open(sealed: Sealed): Promise<string>;
}

/** A sealed text can't be opened: the browser's key is not the one it was sealed with, or the text was changed. */
export class VaultLocked extends Error {
  override readonly name = "VaultLocked";
  readonly code = "VaultLocked";

  constructor(
    message = "This was encrypted with a key that this browser no longer has, so it can't be read. Enter the value again to replace it.",
  ) {
    super(message);
  }
}

/** Nothing can be encrypted in this browser: no Web Crypto, or the key can't be read or stored. */
export class VaultUnavailable extends Error {
  override readonly name = "VaultUnavailable";
  readonly code = "VaultUnavailable";
}

const ALGORITHM = "AES-GCM";
const NONCE_BYTES = 12;
const KEY_LOCK = "runnel vault key";

/**
 * Opens the vault with the key in `keys`, which is made and stored on first use and can't be exported. Where two tabs
 * make it at once, the one that is stored first is used by both.
 * @throws VaultUnavailable where there is no Web Crypto or the key can't be kept.
 */
export async function openVault(keys: KeyRepository): Promise<Vault> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new VaultUnavailable(
      "Secrets can't be encrypted on this page, because it is not a secure one. Open Runnel by the address that it printed at its start.",
    );
  }
  const key = await oneAtATime(() => keyOf(keys));

  return {
    async seal(text) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const data = await crypto.subtle.encrypt({ name: ALGORITHM, iv }, key, new TextEncoder().encode(text));
      return { iv: base64(iv), data: base64(new Uint8Array(data)) };
    },
    async open(sealed) {
      try {
        const iv = fromBase64(sealed.iv);
        const data = await crypto.subtle.decrypt({ name: ALGORITHM, iv }, key, fromBase64(sealed.data));
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
      } catch {
        throw new VaultLocked();
      }
    },
  };
}

async function keyOf(keys: KeyRepository): Promise<CryptoKey> {
  try {
    const stored = await keys.get();
    if (stored !== null) return usable(stored);
    const made = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    await keys.put(made);
    // Another tab's key may have been stored in between; what is stored now is what later visits will find.
    return usable((await keys.get()) ?? made);
  } catch (error) {
    if (error instanceof VaultUnavailable) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new VaultUnavailable(
      `The key that encrypts secrets can't be kept in this browser (${reason}). Check that it may store data for this page, then reload.`,
    );
  }
}

function usable(key: CryptoKey): CryptoKey {
  const fits = key.algorithm?.name === ALGORITHM && ["encrypt", "decrypt"].every((use) => hasUsage(key, use));
  if (fits) return key;
  throw new VaultUnavailable(
    "The key stored in this browser is not one of Runnel's. Clear this site's data in the browser to start with a new one; saved accounts and variables must then be entered again.",
  );
}

function hasUsage(key: CryptoKey, use: string): boolean {
  return key.usages.some((usage) => usage === use);
}

/** Runs `task` while no other tab of this origin does, where the browser has locks. */
function oneAtATime<T>(task: () => Promise<T>): Promise<T> {
  const locks: LockManager | null | undefined = globalThis.navigator?.locks;
  return locks ? locks.request(KEY_LOCK, task) : task();
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
