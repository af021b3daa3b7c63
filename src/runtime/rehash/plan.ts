/**
 * What depends on the hash secret in one snapshot, so that a restored interpreter can be given another: made with the snapshot
 * (make-plan.ts), carried out at each start (rehash.ts). Lists of addresses in the interpreter's memory.
 */
export interface RehashPlan {
  /** `_Py_HashSecret`: 24 bytes. */
  readonly secret: AddressList;
  /** `str` objects whose hash is taken for granted: those that are interned, or the keys of a dict. */
  readonly texts: AddressList;
  /** Keys objects of dicts whose keys are all `str`. */
  readonly textKeys: AddressList;
  /** Those with others, one of which depends on the secret. */
  readonly mixedKeys: AddressList;
  readonly sets: AddressList;
  /** Hashes of links of caches: their key stands behind them. */
  readonly linkHashes: AddressList;
  /** Hashes of nodes of ordered dicts: their key stands before them. */
  readonly nodeHashes: AddressList;
  /** `_Py_hashtable_t` with `str` and with C's strings for keys. */
  readonly textHashtables: AddressList;
  readonly cStringHashtables: AddressList;
}

/** The distance of each address from the one before, in words: they compress well. The first is that from 0. */
export type AddressList = Uint32Array<ArrayBuffer>;

const LISTS = [
  "secret",
  "texts",
  "textKeys",
  "mixedKeys",
  "sets",
  "linkHashes",
  "nodeHashes",
  "textHashtables",
  "cStringHashtables",
] as const satisfies (keyof RehashPlan)[];

/** `addresses`: in any order; multiples of 4. */
export function addressList(addresses: Iterable<number>): AddressList {
  const sorted = Uint32Array.from(new Set(addresses)).sort();
  return sorted.map((address, index) => {
    if (address % 4 !== 0) throw new Error(`The address ${address} is no multiple of 4.`);
    return (address - (sorted[index - 1] ?? 0)) / 4;
  });
}

export function addressesOf(list: AddressList): number[] {
  let address = 0;
  return Array.from(list, (distance) => {
    address += 4 * distance;
    return address;
  });
}

/** Of each list the number of its addresses, then these. */
export function encodePlan(plan: RehashPlan): Uint32Array<ArrayBuffer> {
  const size = LISTS.reduce((sum, name) => sum + 1 + plan[name].length, 0);
  const words = new Uint32Array(size);
  let at = 0;
  for (const name of LISTS) {
    words[at] = plan[name].length;
    words.set(plan[name], at + 1);
    at += 1 + plan[name].length;
  }
  return words;
}

/** Views into `words`. Throws an Error where they are something else. */
export function decodePlan(words: Uint32Array<ArrayBuffer>): RehashPlan {
  let at = 0;
  const lists = LISTS.map((name) => {
    const start = at + 1;
    at = start + (words[at] ?? 0);
    return [name, words.subarray(start, at)];
  });
  if (at !== words.length)
    throw new Error("The list of hashes in Python's memory is damaged. Build again: npm run build");
  return Object.fromEntries(lists) as RehashPlan;
}
