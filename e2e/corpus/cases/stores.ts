import { returns, seen, type WorkingCase } from "./case.ts";

const api = ["api.example.com"];

/** Steps that keep something in a data store, which they share. */
export const stores: readonly WorkingCase[] = [
  {
    name: "store_cache",
    seen: seen.blog,
    talksTo: api,
    ...returns({ asked: 1, entries: [{ id: 1 }, { id: 2 }] }),
    log: "cache used",
  },
  {
    name: "store_cursor",
    seen: seen.repositories,
    talksTo: api,
    ...returns({ msg: "no more records", offset: 120, batches: [50, 50, 20] }),
  },
  {
    name: "store_seen",
    seen: seen.stores,
    ...returns(["AB-1", "C-20", "Gift"]),
    log: "entries,last_offset,seen:AB-1,seen:C-20,seen:Gift",
  },
  {
    name: "store_purge",
    seen: seen.repositories,
    ...returns({
      removed: ["seen:old"],
      left: ["seen:AB-1", "seen:C-20", "seen:Gift"],
      type: "Bearer",
      runs: 1,
    }),
  },
];
