import { generate } from "selfsigned";

/** A certificate and its key, PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends Pair {
  /** A server's certificate for these names (or IP addresses), signed by this authority. */
  issue(
    names: readonly string[],
    validity?: { readonly notBefore: Date; readonly notAfter: Date },
  ): Promise<Pair>;
  /** A client's certificate. */
  issueClient(name: string): Promise<Pair>;
}

const day = 24 * 3600_000;

export async function createAuthority(name = "Test authority"): Promise<Authority> {
  const own = await generate([{ name: "commonName", value: name }], {
    algorithm: "sha256",
    keyType: "ec",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const ca = { key: own.private, cert: own.cert };
  const issue = async (
    commonName: string,
    usage: { serverAuth?: boolean; clientAuth?: boolean },
    names: readonly string[],
    notBefore = new Date(Date.now() - day),
    notAfter = new Date(Date.now() + day),
  ): Promise<Pair> => {
    const made = await generate([{ name: "commonName", value: commonName }], {
      algorithm: "sha256",
      keyType: "ec",
      ca,
      notBeforeDate: notBefore,
      notAfterDate: notAfter,
      extensions: [
        { name: "basicConstraints", cA: false },
        { name: "keyUsage", digitalSignature: true, critical: true },
        { name: "extKeyUsage", ...usage },
        {
          name: "subjectAltName",
          altNames: names.map((value) =>
            /^[\d.]+$|:/.test(value) ? { type: 7 as const, ip: value } : { type: 2 as const, value },
          ),
        },
      ],
    });
    return { cert: made.cert, key: made.private };
  };
  return {
    cert: own.cert,
    key: own.private,
    issue: (names, validity) =>
      issue(names[0] ?? "server", { serverAuth: true }, names, validity?.notBefore, validity?.notAfter),
    issueClient: (client) => issue(client, { clientAuth: true }, [client]),
  };
}

/** A certificate that nobody but itself has signed. */
export async function createSelfSigned(name: string): Promise<Pair> {
  const made = await generate([{ name: "commonName", value: name }], {
    algorithm: "sha256",
    keyType: "ec",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: name }] }],
  });
  return { cert: made.cert, key: made.private };
}
