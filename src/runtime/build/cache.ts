import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheDir } from "./paths.ts";

/**
 * The bytes of the cache's file `name`, which `make` gives where it isn't there. The file is there whole or not at all: builds and
 * tests that run at the same time make it twice at most, and one that is ended leaves nothing half.
 */
export async function cached(
  name: string,
  make: () => Uint8Array | Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = path.join(cacheDir, name);
  if (!existsSync(file)) {
    const bytes = await make();
    mkdirSync(cacheDir, { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, file);
  }
  return new Uint8Array(readFileSync(file));
}
