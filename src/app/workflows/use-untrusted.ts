import { useEffect, useState } from "react";
import type { NetworkPolicyRepository } from "../../storage/index.ts";

/** Where it is known which workflows are trusted. */
export type TrustList = Pick<NetworkPolicyRepository, "untrusted" | "onChange">;

/** Ids of the workflows that are not trusted; follows what this tab and others change. */
export function useUntrusted(trust: TrustList): ReadonlySet<string> {
  const [untrusted, setUntrusted] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const found = await trust.untrusted();
      if (isCurrent) setUntrusted(found);
    };
    // The builder asks for itself; the list only goes without its marks.
    const refresh = () => void read().catch(() => {});
    refresh();
    const unsubscribe = trust.onChange(refresh);
    return () => {
      isCurrent = false;
      unsubscribe();
    };
  }, [trust]);
  return untrusted;
}
