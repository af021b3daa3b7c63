/** What is done to a data store. A record that is set anew expires as is said with it, whatever was said before. */
export type DataStoreChange =
  | {
      readonly kind: "set";
      readonly key: string;
      readonly json: string;
      /** Milliseconds since the epoch; null: never. */
      readonly expiresAt: number | null;
    }
  | { readonly kind: "delete"; readonly key: string }
  | { readonly kind: "clear" };
