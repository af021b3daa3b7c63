import { createContext, type ReactNode, useContext } from "react";
import type { DataStoreRecordRepository } from "../storage/index.ts";
import type { DataStoreList } from "./data-store-list.ts";

/** A workflow whose steps have a data store attached. */
export interface DataStoreUse {
  readonly id: string;
  readonly name: string;
  /** Path within the app at which it opens. */
  readonly href: string;
}

export interface DataStoreServices {
  readonly list: DataStoreList;
  readonly records: DataStoreRecordRepository;
  /** The stored workflows that use the data store. */
  readonly usageOf: (id: string) => Promise<readonly DataStoreUse[]>;
}

const Context = createContext<DataStoreServices | null>(null);

/** Gives the pages of this room what they work with. */
export function DataStoresProvider({
  children,
  ...services
}: DataStoreServices & { readonly children: ReactNode }) {
  return <Context value={services}>{children}</Context>;
}

/** @throws Error outside of a `DataStoresProvider`. */
export function useDataStoreServices(): DataStoreServices {
  const services = useContext(Context);
  if (services === null) throw new Error("Data stores are used below DataStoresProvider only.");
  return services;
}
