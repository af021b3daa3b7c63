import { generate } from "selfsigned";

/** Certificate and private key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority of the test's own. */
export interface Authority {
  /** PEM; what is to be trusted. */
  readonly cert: string;
  /**
   * A certificate for these names (or IPv4 addresses), for servers and clients alike; `expired`: it was valid until
   * yesterday; `selfSigned`: by itself instead of this authority.
   */
  issue(
    names: readonly string[],
    options?: { readonly expired?: boolean; readonly selfSigned?: boolean },
  ): Promise<Certificate>;
}

const day = 86_400_000;

export async function createAuthority(): Promise<Authority> {
  const root = await generate([{ name: "commonName", value: "Runnel test authority" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    cert: root.cert,
    async issue(names, { expired = false, selfSigned = false } = {}) {
      const issued = await generate([{ name: "commonName", value: names[0] ?? "localhost" }], {
        keyType: "ec",
        algorithm: "sha256",
        ...(selfSigned ? {} : { ca: { key: root.private, cert: root.cert } }),
        ...(expired
          ? { notBeforeDate: new Date(Date.now() - 3 * day), notAfterDate: new Date(Date.now() - day) }
          : {}),
        extensions: [
          { name: "basicConstraints", cA: false },
          { name: "keyUsage", digitalSignature: true },
          { name: "extKeyUsage", serverAuth: true, clientAuth: true },
          {
            name: "subjectAltName",
            altNames: names.map((name) =>
              /^[\d.]+$/.test(name) ? { type: 7, ip: name } : { type: 2, value: name },
            ),
          },
        ],
      });
      return { cert: issued.cert, key: issued.private };
    },
  };
}
