import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { describeError } from "./errors.ts";
import { decodeBody } from "./http-request.ts";
import type { PackageCache } from "./package-cache.ts";
import { PackageError } from "./package-errors.ts";
import type { PackageSource } from "./package-source.ts";
import { contentKey } from "./simple-page.ts";

/** A file to get, as the index or the distribution names it. */
export interface WantedFile {
  readonly filename: string;
  readonly url: string;
  readonly sha256: string | null;
}

export interface DeliveredFile {
  /** Fails at its end when the bytes are not the right ones, before it has given out the last of them. */
  readonly body: Readable;
  /** Null where the server didn't say. */
  readonly size: number | null;
}

export type PackageFiles = (file: WantedFile, signal: AbortSignal) => Promise<DeliveredFile>;

/**
 * So many bytes are held back until the hash is known to be right. A smaller file is checked as a whole before its answer
 * begins, so that the error can be said in words.
 */
const heldBytes = 256 * 1024;
/** A mismatch that was found in the middle of an answer is told in words to whoever asks again within this time. */
const rememberMs = 60_000;

/**
 * Makes the function that gets a file from the cache or, through it, from its server. It throws PackageError, also where the file
 * is larger than `maxBytes`, however small it came over the network.
 */
export function createPackageFiles(
  cache: PackageCache,
  source: PackageSource,
  maxBytes: number,
): PackageFiles {
  const mismatches = new Map<string, { error: PackageError; until: number }>();

  async function* checked(
    file: WantedFile,
    key: string,
    body: AsyncIterable<Buffer>,
  ): AsyncGenerator<Buffer> {
    const hash = createHash("sha256");
    const draft = await cache.draft(key);
    const held: Buffer[] = [];
    let size = 0;
    let total = 0;
    let begun = false;
    try {
      for await (const bytes of body) {
        total += bytes.length;
        if (total > maxBytes) throw tooLarge(file, maxBytes);
        hash.update(bytes);
        await draft.write(bytes);
        held.push(bytes);
        size += bytes.length;
        for (let [first] = held; first && size - first.length >= heldBytes; [first] = held) {
          held.shift();
          size -= first.length;
          begun = true;
          yield first;
        }
      }
      if (file.sha256 !== null && hash.digest("hex") !== file.sha256) {
        const error = mismatch(file);
        if (begun) mismatches.set(key, { error, until: Date.now() + rememberMs });
        throw error;
      }
      await draft.commit();
      yield* held;
    } finally {
      await draft.discard();
    }
  }

  return async (file, signal) => {
    const key = contentKey(file.sha256, file.url);
    const kept = await cache.find(key);
    if (kept) return { body: readKept(kept.file), size: kept.size };
    const known = mismatches.get(key);
    mismatches.delete(key);
    if (known && known.until > Date.now()) throw known.error;
    try {
      const { response } = await source(file.url, { "accept-encoding": "identity" }, signal);
      if (response.statusCode !== 200) {
        response.destroy();
        throw new Error(`it answered with status ${response.statusCode}.`);
      }
      const { "content-encoding": encoding, "content-length": length } = response.headers;
      const bytes = checked(file, key, decodeBody(response).body);
      const first = await bytes.next();
      const body = Readable.from(first.done ? [] : startingWith(first.value, bytes), { objectMode: false });
      // Also where nobody has begun to read: the draft is given up then.
      signal.addEventListener("abort", () => body.destroy(), { once: true });
      return {
        body,
        size: encoding === undefined && length !== undefined ? Number(length) : null,
      };
    } catch (error) {
      if (error instanceof PackageError) throw error;
      const { host } = new URL(file.url);
      throw new PackageError(
        "FileUnreachable",
        `${file.filename} can't be downloaded from ${host}: ${describeError(error).message}`,
      );
    }
  };
}

/** Reads a file of the cache. */
export function readKept(file: string): Readable {
  return createReadStream(file, { highWaterMark: 256 * 1024 });
}

function tooLarge({ filename, url }: WantedFile, maxBytes: number): PackageError {
  return new PackageError(
    "FileUnreachable",
    `${filename} from ${new URL(url).host} is larger than ${maxBytes} bytes. It was not used.`,
  );
}

function mismatch({ filename, url }: WantedFile): PackageError {
  return new PackageError(
    "HashMismatch",
    `${filename} from ${new URL(url).host} is not the file that was promised: its sha256 differs. It was not used.`,
  );
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
