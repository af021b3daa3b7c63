// @vitest-environment node

import { X509Certificate } from "node:crypto";
import type net from "node:net";
import tls from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { TlsOptions } from "./protocol.ts";
import { type Authority, createAuthority, createSelfSigned, type Pair } from "./testing/certificates.ts";
import type { PageChannel, PageSockets, TestGateway } from "./testing/page.ts";
import { startTestGateway } from "./testing/page.ts";
import { closeServers, tcpServer, tlsServer, until } from "./testing/servers.ts";

let authority: Authority;
let stranger: Authority;
let good: Pair;
let gateway: TestGateway;
let page: PageSockets;

beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority(), createAuthority("A stranger")]);
  good = await authority.issue(["good.test", "127.0.0.1"]);
  gateway = await startTestGateway({
    extraCa: authority.cert,
    resolve: async (host) => (host.endsWith(".test") ? "127.0.0.1" : null),
  });
  page = await gateway.sockets();
});
afterAll(() => gateway.close());
afterEach(closeServers);

const greet = (socket: tls.TLSSocket) => void socket.write("hello");

async function connect(port: number, host = "good.test"): Promise<PageChannel> {
  return page.open(host, port);
}

/** Starts TLS and gives the event that answers: `tls` or `error`. */
async function startTls(channel: PageChannel, options: Partial<TlsOptions> = {}) {
  channel.send({ op: "starttls", servername: "good.test", verify: true, checkHostname: true, ...options });
  return channel.next();
}

describe("a good certificate", () => {
  test("gives an encrypted connection and tells Python what it wants to know", async () => {
    const { port } = await tlsServer({ ...good, ALPNProtocols: ["h2", "http/1.1"] }, greet);
    const channel = await connect(port);
    const event = await startTls(channel, { alpn: ["http/1.1"] });
    expect(event).toMatchObject({
      ev: "tls",
      version: "TLSv1.3",
      alpn: "http/1.1",
      subject: { CN: "good.test" },
      issuer: { CN: "Test authority" },
      subjectAltName: expect.stringContaining("DNS:good.test"),
      cipher: { name: expect.stringContaining("TLS_") },
    });
    const { der } = event as { der: string };
    expect(new X509Certificate(Buffer.from(der, "base64")).subject).toBe("CN=good.test");
    expect(String(await channel.bytes(5))).toBe("hello");
  });

  test("of an IP address is checked against the address", async () => {
    const { port } = await tlsServer(good, greet);
    expect(await startTls(await connect(port, "127.0.0.1"), { servername: "127.0.0.1" })).toMatchObject({
      ev: "tls",
    });
  });

  test("is shown again when the session is resumed", async () => {
    let resumed = 0;
    const { port } = await tlsServer(good, (socket) => {
      if (socket.isSessionReused()) resumed += 1;
      greet(socket);
    });
    const shown: unknown[] = [];
    for (let count = 0; count < 3; count += 1) {
      const channel = await connect(port);
      const event = await startTls(channel);
      shown.push("der" in event && event.der);
      await channel.bytes(5);
    }
    expect(resumed).toBeGreaterThan(0);
    expect(new Set(shown).size).toBe(1);
    expect(shown[0]).toEqual(expect.any(String));
  });
});

describe("a bad certificate is refused with Node's own code:", () => {
  const day = 24 * 3600_000;
  const cases: readonly [string, () => Promise<Pair>, string][] = [
    [
      "expired",
      () =>
        authority.issue(["good.test"], {
          notBefore: new Date(Date.now() - 2 * day),
          notAfter: new Date(Date.now() - day),
        }),
      "CERT_HAS_EXPIRED",
    ],
    [
      "not yet valid",
      () =>
        authority.issue(["good.test"], {
          notBefore: new Date(Date.now() + day),
          notAfter: new Date(Date.now() + 2 * day),
        }),
      "CERT_NOT_YET_VALID",
    ],
    ["of another host", () => authority.issue(["other.test"]), "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["self-signed", () => createSelfSigned("good.test"), "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["of an unknown authority", () => stranger.issue(["good.test"]), "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ];

  test.each(cases)("%s", async (_name, make, code) => {
    const { port, connections } = await tlsServer(await make(), greet);
    const channel = await connect(port);
    expect(await startTls(channel)).toMatchObject({ ev: "error", code });
    await channel.expect("closed");
    await until(() => connections.size === 0);
  });

  test.each(cases)("%s, but taken where Python doesn't verify", async (_name, make) => {
    const { port } = await tlsServer(await make(), greet);
    const channel = await connect(port);
    expect(await startTls(channel, { verify: false, checkHostname: false })).toMatchObject({ ev: "tls" });
    expect(String(await channel.bytes(5))).toBe("hello");
    // What an unverified connection left behind must not help a verified one.
    expect(await startTls(await connect(port))).toMatchObject({ ev: "error" });
  });

  test("of another host is taken where only the host name isn't checked", async () => {
    const { port } = await tlsServer(await authority.issue(["other.test"]), greet);
    expect(await startTls(await connect(port), { checkHostname: false })).toMatchObject({ ev: "tls" });
  });
});

describe("Python's own trust", () => {
  test("in an authority that the gateway doesn't know is enough", async () => {
    const { port } = await tlsServer(await stranger.issue(["good.test"]), greet);
    expect(await startTls(await connect(port), { ca: stranger.cert })).toMatchObject({ ev: "tls" });
  });

  test("in that authority alone leaves out the gateway's", async () => {
    const { port } = await tlsServer(good, greet);
    expect(await startTls(await connect(port), { ca: stranger.cert, caOnly: true })).toMatchObject({
      ev: "error",
      code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    });
  });

  test("in something that is no certificate is an error, not a crash", async () => {
    const { port } = await tlsServer(good, greet);
    const channel = await connect(port);
    const event = await startTls(channel, { cert: "not PEM", key: "neither" });
    expect(event).toMatchObject({ ev: "error", code: expect.stringMatching(/^ERR_OSSL/) });
    await channel.expect("closed");
  });
});

describe("a client certificate", () => {
  const mutual = () => ({ ...good, ca: authority.cert, requestCert: true, rejectUnauthorized: true });

  test("is shown to a server that wants one", async () => {
    const client = await authority.issueClient("client-7");
    const { port } = await tlsServer(mutual(), (socket) => {
      socket.write(`hello ${socket.getPeerCertificate().subject.CN}`);
    });
    const channel = await connect(port);
    expect(await startTls(channel, client)).toMatchObject({ ev: "tls" });
    expect(String(await channel.bytes(14))).toBe("hello client-7");
  });

  test("is missed by such a server", async () => {
    const { port } = await tlsServer(mutual(), greet);
    const channel = await connect(port);
    let event = await startTls(channel);
    // In TLS 1.3 the server's refusal comes after the client's side of the handshake.
    if (event.ev === "tls") event = await channel.next();
    expect(event).toMatchObject({
      ev: "error",
      code: expect.stringMatching(/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|ECONNRESET/),
    });
  });
});

describe("STARTTLS", () => {
  /** Speaks a line of plain text, then TLS, like a mail server. */
  function mailServer(socket: net.Socket): void {
    socket.write("220 ready\r\n");
    socket.once("data", () => {
      socket.write("220 go ahead\r\n");
      const secure = new tls.TLSSocket(socket, { isServer: true, ...good });
      secure.on("error", () => undefined);
      secure.on("data", (bytes) => secure.write(`250 ${bytes}`));
    });
  }

  test("turns an open connection into an encrypted one", async () => {
    const { port } = await tcpServer(mailServer);
    const channel = await connect(port);
    expect(String(await channel.bytes(11))).toBe("220 ready\r\n");
    channel.write("STARTTLS\r\n");
    expect(String(await channel.bytes(14))).toBe("220 go ahead\r\n");
    expect(await startTls(channel)).toMatchObject({ ev: "tls" });
    channel.write("EHLO me");
    expect(String(await channel.bytes(11))).toBe("250 EHLO me");
    expect(await startTls(channel)).toMatchObject({ ev: "error", code: "EALREADY" });
  });

  test("with a server that speaks no TLS is an error of the protocol", async () => {
    const { port } = await tcpServer((socket) =>
      socket.once("data", () => socket.write("HTTP/1.1 400 Bad\r\n\r\n")),
    );
    expect(await startTls(await connect(port))).toMatchObject({
      ev: "error",
      code: expect.stringMatching(/^ERR_SSL_|^EPROTO$/),
    });
  });

  test("with a server that says nothing is ETIMEDOUT", async () => {
    const { port } = await tcpServer(() => undefined);
    const event = await startTls(await connect(port), { timeoutMs: 20 });
    expect(event).toMatchObject({
      ev: "error",
      code: "ETIMEDOUT",
      message: expect.stringContaining("handshake"),
    });
  });

  test("with a server that hangs up is ECONNRESET", async () => {
    const { port } = await tcpServer((socket) => socket.once("data", () => socket.end()));
    expect(await startTls(await connect(port))).toMatchObject({ ev: "error", code: "ECONNRESET" });
  });
});
