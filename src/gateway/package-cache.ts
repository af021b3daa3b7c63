import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";

/** A file that is being written; visible to nobody until it is committed. */
interface Draft {
  write(bytes: Uint8Array): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** Downloaded files by content, on disk. A disk that can't be written to only means that nothing is kept. */
export interface PackageCache {
  /** The kept file, checked against its key where that is a sha256; null where there is none. Counts as a use. */
  find(key: string): Promise<{ readonly file: string; readonly size: number } | null>;
  draft(key: string): Promise<Draft>;
}

/** Where the system keeps what programs can get again. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const home = os.homedir();
  if (process.platform === "darwin") return path.join(home, "Library/Caches/runnel/packages");
  const base =
    process.platform === "win32"
      ? (env.LOCALAPPDATA ?? path.join(home, "AppData/Local"))
      : env.XDG_CACHE_HOME || path.join(home, ".cache");
  return path.join(base, "runnel/packages");
}

/** `limit`: bytes kept at most; the least recently used files go first, until a tenth is free. */
export function createPackageCache(folder: string, limit: number): PackageCache {
  const files = path.join(folder, "files");
  const drafts = path.join(folder, "drafts");
  let total: number | null = null;
  const place = (key: string) => path.join(files, key.slice(0, 2), key);

  async function list() {
    const names = await readdir(files, { recursive: true });
    const found = await Promise.all(
      names.map(async (name) => {
        const file = path.join(files, name);
        const stats = await stat(file).catch(() => null);
        return stats?.isFile() ? [{ file, size: stats.size, used: stats.mtimeMs }] : [];
      }),
    );
    return found.flat().sort((a, b) => a.used - b.used);
  }

  async function makeRoom(added: number): Promise<void> {
    total = total === null ? sum(await list()) : total + added;
    if (total <= limit) return;
    const kept = await list();
    total = sum(kept);
    for (const { file, size } of kept) {
      if (total <= limit * 0.9) break;
      await rm(file, { force: true });
      total -= size;
    }
  }

  return {
    async find(key) {
      const file = place(key);
      const stats = await stat(file).catch(() => null);
      if (!stats?.isFile()) return null;
      if (/^[\da-f]{64}$/.test(key) && (await sha256OfFile(file)) !== key) {
        await rm(file, { force: true });
        return null;
      }
      const now = new Date();
      await utimes(file, now, now).catch(() => undefined);
      return { file, size: stats.size };
    },

    async draft(key) {
      const file = path.join(drafts, randomUUID());
      let size = 0;
      let handle: FileHandle | null = await mkdir(drafts, { recursive: true, mode: 0o700 })
        .then(() => open(file, "wx"))
        .catch(() => null);

      async function discard(): Promise<void> {
        await handle?.close().catch(() => undefined);
        handle = null;
        await rm(file, { force: true }).catch(() => undefined);
      }

      return {
        async write(bytes) {
          if (handle === null) return;
          size += bytes.byteLength;
          // A full disk must not stop the download, which goes to the page as well.
          await handle.writeFile(bytes).catch(discard);
        },
        async commit() {
          if (handle === null) return;
          try {
            await handle.sync();
            await handle.close();
            handle = null;
            await mkdir(path.dirname(place(key)), { recursive: true, mode: 0o700 });
            await rename(file, place(key));
            await makeRoom(size);
          } catch {
            await discard();
          }
        },
        discard,
      };
    },
  };
}

function sum(entries: readonly { readonly size: number }[]): number {
  return entries.reduce((bytes, { size }) => bytes + size, 0);
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest("hex");
}
