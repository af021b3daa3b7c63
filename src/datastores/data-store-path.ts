export const DATA_STORES_PATH = "/data-stores";

/** Path within the app at which a data store opens. */
export function dataStorePath(id: string): string {
  return `${DATA_STORES_PATH}/${id}`;
}
