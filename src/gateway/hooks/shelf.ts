import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { HttpEvent } from "../hooks-protocol.ts";

/** A request that waits for its page. */
export interface KeptRequest {
  readonly id: string;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  readonly event: HttpEvent;
}

/** Where one lies. */
export interface KeptPlace {
  readonly id: string;
  readonly at: number;
  readonly file: string;
}

/** The hooks that pages have registered, and the requests that wait for them: on disk, readable by this user only. */
export interface HookShelf {
  isKnown(token: string): Promise<boolean>;
  /** Throws an Error with a sentence for the person where the disk doesn't take it, or there are too many. */
  register(token: string): Promise<void>;
  drop(token: string): Promise<void>;
  /** In the order in which they came. */
  list(token: string): Promise<readonly KeptPlace[]>;
  /** Null: there are too many already. Throws where the disk doesn't take it. */
  put(token: string, request: KeptRequest): Promise<KeptPlace | null>;
  /** Null for one that can't be read (any more). */
  read(place: KeptPlace): Promise<KeptRequest | null>;
  remove(place: KeptPlace): Promise<void>;
}

/** Where the system keeps what a program must not lose. */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env): string {
  const home = os.homedir();
  if (process.platform === "darwin") return path.join(home, "Library/Application Support/runnel");
  if (process.platform === "win32")
    return path.join(env.LOCALAPPDATA ?? path.join(home, "AppData/Local"), "runnel/data");
  return path.join(env.XDG_DATA_HOME || path.join(home, ".local/share"), "runnel");
}

const keptName = /^(\d{15})-\d{6}-([a-z\d]+)\.json$/;

export interface HookShelfOptions {
  readonly folder: string;
  /** See `Limits`. */
  readonly hooks: number;
  readonly kept: number;
  readonly keptBytes: number;
}

export function createHookShelf({ folder, hooks, kept, keptBytes }: HookShelfOptions): HookShelf {
  let count = 0;
  // Not the token itself: who may look into the folder's names can't send requests.
  const folderOf = (token: string) => path.join(folder, createHash("sha256").update(token).digest("hex"));
  const filesIn = async (inside: string) =>
    (await readdir(inside).catch(() => [])).filter((name) => keptName.test(name)).sort();

  async function makeRoom(): Promise<void> {
    const names = await readdir(folder).catch(() => []);
    if (names.length < hooks) return;
    const found = await Promise.all(
      names.map(async (name) => {
        const inside = path.join(folder, name);
        const used = (await stat(inside).catch(() => null))?.mtimeMs ?? 0;
        return { inside, used, empty: (await filesIn(inside)).length === 0 };
      }),
    );
    const unused = found.filter(({ empty }) => empty).sort((a, b) => a.used - b.used)[0];
    if (!unused)
      throw new Error(`There are ${names.length} addresses with requests that wait; no more can be made.`);
    await rm(unused.inside, { recursive: true, force: true });
  }

  return {
    async isKnown(token) {
      return (await stat(folderOf(token)).catch(() => null))?.isDirectory() ?? false;
    },
    async register(token) {
      const inside = folderOf(token);
      const now = new Date();
      const wasKnown = await utimes(inside, now, now).then(
        () => true,
        () => false,
      );
      if (wasKnown) return;
      await makeRoom();
      await mkdir(inside, { recursive: true, mode: 0o700 });
    },
    drop: (token) => rm(folderOf(token), { recursive: true, force: true }),
    async list(token) {
      const inside = folderOf(token);
      return (await filesIn(inside)).map((name) => {
        const [, at = "0", id = ""] = keptName.exec(name) ?? [];
        return { id, at: Number(at), file: path.join(inside, name) };
      });
    },
    async put(token, request) {
      const inside = folderOf(token);
      const text = JSON.stringify(request);
      const names = await filesIn(inside);
      const sizes = await Promise.all(names.map((name) => stat(path.join(inside, name)).catch(() => null)));
      const bytes = sizes.reduce((sum, stats) => sum + (stats?.size ?? 0), Buffer.byteLength(text));
      if (names.length >= kept || bytes > keptBytes) return null;
      count = (count + 1) % 1_000_000;
      const name = `${String(request.at).padStart(15, "0")}-${String(count).padStart(6, "0")}-${request.id}.json`;
      const file = path.join(inside, name);
      const draft = path.join(inside, `${request.id}.draft`);
      const handle = await open(draft, "wx", 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, file);
      return { id: request.id, at: request.at, file };
    },
    async read({ file }) {
      try {
        return JSON.parse(await readFile(file, "utf8")) as KeptRequest;
      } catch {
        // Out of the way of the others, but not gone.
        await rename(file, `${file}.unreadable`).catch(() => undefined);
        return null;
      }
    },
    remove: ({ file }) => rm(file, { force: true }),
  };
}
