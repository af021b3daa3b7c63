/** The room's face: data stores and their pages. */

export { DataStoresProvider } from "./context.tsx";
export { dataStoreForRun } from "./data-store-for-run.ts";
export { createDataStoreList, type DataStoreList } from "./data-store-list.ts";
export { dataStorePath } from "./data-store-path.ts";
export { DataStorePage, DataStoresPage } from "./lazy.ts";
export { NewDataStoreDialog } from "./NewDataStoreDialog.tsx";
export type { DataStore, DataStoreRecord } from "./types.ts";
