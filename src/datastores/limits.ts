/**
 * What a record of a data store may take. The runtime's edge (runtime/page/worker-messages.ts) and Python (runnel/datastore.py) hold to the
 * same; a test compares them.
 */

/** Characters (UTF-16 code units). */
export const MAX_KEY = 1024;
/** Characters of a value's JSON text. */
export const MAX_VALUE = 4 * 1024 * 1024;
