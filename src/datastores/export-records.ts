import type { DataStoreRecordRepository } from "../storage/index.ts";

const AT_ONCE = 500;

/** All records as JSON: a list of `{"key", "value", "expires_at"?}`, one a line, values to the letter. */
export async function exportRecords(repository: DataStoreRecordRepository, store: string): Promise<Blob> {
  const parts: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof repository.page>> = await repository.page(store, after, AT_ONCE);
    for (const { key, json, expiresAt } of page.records) {
      const expiry = expiresAt === null ? "" : `, "expires_at": "${new Date(expiresAt).toISOString()}"`;
      parts.push(
        `${parts.length === 0 ? "" : ",\n"}  {"key": ${JSON.stringify(key)}, "value": ${json}${expiry}}`,
      );
    }
    after = page.next;
  } while (after !== null);
  return new Blob(["[\n", ...parts, "\n]\n"], { type: "application/json" });
}
