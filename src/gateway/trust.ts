import tls from "node:tls";

/** Certificates that are trusted: Node's, those of `NODE_EXTRA_CA_CERTS`, the system's, and `extraCa` (PEM). */
export type TrustedRoots = () => readonly string[];

/** Gathers the roots at the first use; reading the system's takes a while on some machines. */
export function createTrust(extraCa?: string): TrustedRoots {
  let roots: readonly string[] | null = null;
  return () => {
    roots ??= [
      ...new Set([...tls.getCACertificates("default"), ...systemRoots(), ...(extraCa ? [extraCa] : [])]),
    ];
    return roots;
  };
}

function systemRoots(): readonly string[] {
  try {
    return tls.getCACertificates("system");
  } catch {
    return [];
  }
}
