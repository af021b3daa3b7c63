import { constants, createHash } from "node:crypto";
import net from "node:net";
import tls from "node:tls";
import type { SocketEvent, TlsOptions } from "./protocol.ts";
import type { Trust } from "./trust.ts";

type TlsEvent = Extract<SocketEvent, { ev: "tls" }>;

interface TlsPeer {
  readonly host: string;
  readonly port: number;
}

/** A handshake that has begun on a socket. `described()` once it is through. */
interface Handshake {
  readonly socket: tls.TLSSocket;
  described(): TlsEvent;
}

/** Starts TLS on a connected socket. Throws when a PEM text can't be read. */
export type StartTls = (socket: net.Socket, options: TlsOptions, peer: TlsPeer) => Handshake;

const maxContexts = 50;
const maxSessions = 500;

/**
 * Makes the function that starts TLS. Contexts are kept (parsing the usual roots costs more than a handshake), and so are
 * sessions, each under everything that its verification depended on.
 */
export function createTlsStarter(trust: Trust): StartTls {
  const contexts = new Map<string, tls.SecureContext>();
  const sessions = new Map<string, { ticket: Buffer; certificate: tls.PeerCertificate }>();

  function contextFor(options: TlsOptions, key: string): tls.SecureContext {
    const known = contexts.get(key);
    if (known) return known;
    const own = options.ca === undefined ? [] : [options.ca];
    const context = tls.createSecureContext({
      ca: options.caOnly && own.length > 0 ? own : [...trust.roots(), ...own],
      ...(options.cert === undefined ? {} : { cert: options.cert }),
      ...(options.key === undefined ? {} : { key: options.key }),
      ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
      ...(options.minVersion === undefined ? {} : { minVersion: options.minVersion }),
      ...(options.maxVersion === undefined ? {} : { maxVersion: options.maxVersion }),
      ...(options.ciphers === undefined ? {} : { ciphers: options.ciphers }),
      ...(options.legacyServer ? { secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT } : {}),
    });
    keep(contexts, key, context, maxContexts);
    return context;
  }

  return (socket, options, peer) => {
    const { ca, caOnly, cert, key, passphrase, minVersion, maxVersion, ciphers, legacyServer } = options;
    const contextKey = digest([
      ca,
      caOnly,
      cert,
      key,
      passphrase,
      minVersion,
      maxVersion,
      ciphers,
      legacyServer,
    ]);
    const name = options.servername || peer.host;
    const { verify, checkHostname, alpn } = options;
    const sessionKey = digest([contextKey, name, peer, verify, checkHostname, alpn]);
    const known = sessions.get(sessionKey);
    const started = tls.connect({
      socket,
      secureContext: contextFor(options, contextKey),
      host: name,
      rejectUnauthorized: verify,
      checkServerIdentity: (_host, certificate) =>
        checkHostname ? tls.checkServerIdentity(name, certificate) : undefined,
      ...(options.servername && net.isIP(options.servername) === 0 ? { servername: options.servername } : {}),
      ...(alpn ? { ALPNProtocols: [...alpn] } : {}),
      ...(known ? { session: known.ticket } : {}),
    });
    // A resumed session shows no certificate: the one of its first handshake is remembered with it.
    const certificate = () => {
      const shown = started.getPeerCertificate();
      return shown?.raw ? shown : known?.certificate;
    };
    started.on("session", (ticket) => {
      const shown = certificate();
      if (shown) keep(sessions, sessionKey, { ticket, certificate: shown }, maxSessions);
    });
    return { socket: started, described: () => peerEvent(started, certificate()) };
  };
}

function peerEvent(socket: tls.TLSSocket, certificate: tls.PeerCertificate | undefined): TlsEvent {
  const { name, version } = socket.getCipher();
  return {
    ev: "tls",
    version: socket.getProtocol() ?? "unknown",
    cipher: { name, version },
    alpn: socket.alpnProtocol || null,
    ...(certificate
      ? {
          der: certificate.raw.toString("base64"),
          subject: names(certificate.subject),
          issuer: names(certificate.issuer),
          notBefore: certificate.valid_from,
          notAfter: certificate.valid_to,
          serialNumber: certificate.serialNumber,
          ...(certificate.subjectaltname ? { subjectAltName: certificate.subjectaltname } : {}),
        }
      : {}),
  };
}

function names(of: tls.Certificate): Record<string, string | string[]> {
  const entries = Object.entries(of ?? {});
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value, limit: number): void {
  map.delete(key);
  const oldest = map.keys().next();
  if (map.size >= limit && !oldest.done) map.delete(oldest.value);
  map.set(key, value);
}

/** Keys of the maps hold no private key in the clear. */
function digest(parts: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify(parts, (_key, value: unknown) => value ?? null))
    .digest("base64");
}
