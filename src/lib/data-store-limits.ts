/** What a record of a data store may take. `runnel/datastore.py` says the same to steps before anything is sent. */

/** Characters (UTF-16 code units). */
export const MAX_DATA_STORE_KEY = 1024;
/** Characters of a value's JSON text. */
export const MAX_DATA_STORE_VALUE = 4 * 1024 * 1024;
