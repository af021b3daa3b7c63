import tls from "node:tls";

/** The certificates that are trusted: Node's, those of `NODE_EXTRA_CA_CERTS`, the system's, and `extraCa`. */
export interface Trust {
  /** PEM texts. Gathered at the first use; reading the system's takes a while on some machines. */
  roots(): readonly string[];
  /** A context with just these, made once: parsing the roots costs more than a handshake. */
  context(): tls.SecureContext;
}

export function createTrust(extraCa?: string): Trust {
  let roots: readonly string[] | null = null;
  let context: tls.SecureContext | null = null;
  const trust: Trust = {
    roots() {
      const own = extraCa === undefined ? [] : [extraCa];
      roots ??= [...new Set([...tls.getCACertificates("default"), ...systemRoots(), ...own])];
      return roots;
    },
    context() {
      context ??= tls.createSecureContext({ ca: [...trust.roots()] });
      return context;
    },
  };
  return trust;
}

function systemRoots(): readonly string[] {
  try {
    return tls.getCACertificates("system");
  } catch {
    return [];
  }
}
