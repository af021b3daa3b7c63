import { exactText, parseExact } from "../lib/exact-json.ts";
import type { DataStoreRecordRepository } from "../storage/index.ts";
import type { ImportedRecord } from "./read-import.ts";

const AT_ONCE = 500;

/** What an import would do to a store. */
export interface ImportPlan {
  readonly records: readonly ImportedRecord[];
  /** Keys of records that are there with another value. */
  readonly replaced: readonly string[];
  /** How many are there already, as they are. */
  readonly same: number;
}

export async function planImport(
  repository: DataStoreRecordRepository,
  store: string,
  records: readonly ImportedRecord[],
): Promise<ImportPlan> {
  const replaced: string[] = [];
  let same = 0;
  for (const piece of pieces(records)) {
    const stored = await repository.get(
      store,
      piece.map(({ key }) => key),
    );
    for (const [index, { key, json, expiresAt }] of piece.entries()) {
      const there = stored[index];
      if (!there) continue;
      if (exactText(parseExact(there.json)) === json && there.expiresAt === expiresAt) same += 1;
      else replaced.push(key);
    }
  }
  return { records, replaced, same };
}

/** Stores the records piece by piece. @throws Error that says how many were stored before it failed. */
export async function runImport(
  repository: DataStoreRecordRepository,
  store: string,
  records: readonly ImportedRecord[],
): Promise<void> {
  let done = 0;
  for (const piece of pieces(records)) {
    try {
      await repository.write(
        store,
        piece.map((record) => ({ kind: "set", ...record })),
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${done} of ${records.length} records were stored. ${reason}`);
    }
    done += piece.length;
  }
}

function* pieces(records: readonly ImportedRecord[]): Generator<readonly ImportedRecord[]> {
  for (let start = 0; start < records.length; start += AT_ONCE) yield records.slice(start, start + AT_ONCE);
}
