import { generate } from "selfsigned";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const DAY = 24 * 3600_000;
const names = (...hosts: string[]) => ({
  name: "subjectAltName" as const,
  altNames: hosts.map((host) =>
    /^[\d.]+$/.test(host) ? { type: 7 as const, ip: host } : { type: 2 as const, value: host },
  ),
});
const subject = (commonName: string) => [{ name: "commonName", value: commonName }];
const common = { keyType: "ec", algorithm: "sha256" } as const;

/** Certificates as servers have them, good and bad, under an authority of the test's own. */
export async function makeCertificates() {
  const made = await generate(subject("Runnel test authority"), {
    ...common,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const authority: Certificate = { cert: made.cert, key: made.private };

  async function issue(
    hosts: readonly string[],
    times: { notBeforeDate?: Date; notAfterDate?: Date } = {},
    ca: Certificate | null = authority,
  ): Promise<Certificate> {
    const issued = await generate(subject(hosts[0] ?? "test"), {
      ...common,
      ...times,
      ...(ca ? { ca } : {}),
      extensions: [
        { name: "basicConstraints", cA: false, critical: true },
        { name: "keyUsage", digitalSignature: true, critical: true },
        { name: "extKeyUsage", serverAuth: true, clientAuth: true },
        names(...hosts),
      ],
    });
    return { cert: issued.cert, key: issued.private };
  }

  const here = ["localhost", "127.0.0.1"];
  const past = { notBeforeDate: new Date(Date.now() - 30 * DAY), notAfterDate: new Date(Date.now() - DAY) };
  const [good, wrongHost, expired, selfSigned, client] = await Promise.all([
    issue([...here, "example.test"]),
    issue(["elsewhere.test"]),
    issue(here, past),
    issue(here, {}, null),
    issue(["client.test"]),
  ]);
  return { authority, good, wrongHost, expired, selfSigned, client };
}

export type Certificates = Awaited<ReturnType<typeof makeCertificates>>;
