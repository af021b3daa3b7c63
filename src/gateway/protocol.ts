/**
 * What the page and the gateway say to each other. Declared once; both ends are built together.
 *
 * Sockets: one WebSocket per worker at `SOCKETS_PATH`, subprotocols `[SUBPROTOCOL, "token." + token]`. Every message is one
 * binary frame `[u8 kind][u32 channel, little endian][payload]`; a channel is one TCP connection (or one name look-up).
 */
export const SOCKETS_PATH = "/api/sockets";
export const SUBPROTOCOL = "runnel.v1";
/** Header that carries the token on every `/api/` request over HTTP. */
export const TOKEN_HEADER = "x-runnel-token";
/** `<meta>` of index.html in which the gateway puts the token of this start. */
export const TOKEN_META = "runnel-token";
/** Stands in the built page where the gateway puts its token. */
export const TOKEN_PLACEHOLDER = "__RUNNEL_TOKEN__";

/** `<meta>` of index.html in which the gateway puts the version of the runtime's build. */
export const RUNTIME_META = "runnel-runtime";

/** Its POST takes the password, where one is asked for; its GET shows the page that does. */
export const SIGN_IN_PATH = "/sign-in";
/** POST, by the page itself: ends the session. */
export const SIGN_OUT_PATH = "/sign-out";
/** `<meta>` of index.html whose content is `yes` where there is a session to end. */
export const SIGNED_IN_META = "runnel-signed-in";

export const FETCH_PATH = "/api/fetch";
/** On a request to FETCH_PATH: `encodeURIComponent(JSON.stringify(FetchRequest))`; its body is the request's body. */
export const FETCH_REQUEST_HEADER = "x-runnel-request";
/** On its response: `encodeURIComponent(JSON.stringify(FetchResponse))`; its body is the response's body, decoded. */
export const FETCH_RESPONSE_HEADER = "x-runnel-response";

/** GET `${PACKAGES_PATH}simple/NAME/` (PEP 691 JSON, file URLs relative to it), `files/ID/FILENAME`, `distribution/FILENAME`. */
export const PACKAGES_PATH = "/api/packages/";

export const FrameKind = { control: 0, data: 1 } as const;
/** Bytes either side may have in flight on one channel before the other must acknowledge some. */
export const CREDIT_WINDOW = 4 * 1024 * 1024;
/** Largest payload of one frame; the gateway closes a WebSocket that sends a larger one. Longer writes go in several. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** TLS options of one handshake, as Python's `SSLContext` gives them. PEM texts. */
export interface TlsOptions {
  readonly servername: string;
  readonly verify: boolean;
  readonly checkHostname: boolean;
  readonly ca?: string;
  /** True: only `ca` is trusted; false: besides the usual roots. */
  readonly caOnly?: boolean;
  readonly cert?: string;
  readonly key?: string;
  /** Opens `key`. */
  readonly passphrase?: string;
  readonly alpn?: readonly string[];
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** As OpenSSL writes them. */
  readonly ciphers?: string;
  /** Old servers that renegotiate insecurely are put up with. */
  readonly legacyServer?: boolean;
  readonly timeoutMs?: number;
}

export const TLS_VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** From the sandbox, passed on by the page. */
export type SocketCommand =
  | { readonly op: "connect"; readonly host: string; readonly port: number; readonly timeoutMs?: number }
  | { readonly op: "resolve"; readonly host: string }
  | ({ readonly op: "starttls" } & TlsOptions)
  | { readonly op: "ack"; readonly bytes: number }
  | { readonly op: "shutdown" }
  | { readonly op: "close" };

/** From the page only: its answer to `ask`. The page drops these when they come from the sandbox. */
export type PolicyCommand = { readonly op: "allow" } | { readonly op: "deny"; readonly message: string };

/** Why an address needs the person's word. */
export type AddressRange = "loopback" | "private";

/** From the gateway. `code`s are Node's (`ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`, …); `EACCES`: refused by policy. */
export type SocketEvent =
  | {
      readonly ev: "ask";
      readonly host: string;
      readonly port: number;
      readonly address: string;
      readonly range: AddressRange;
    }
  | {
      readonly ev: "open";
      readonly remoteAddress: string;
      readonly remotePort: number;
      readonly localAddress: string;
      readonly localPort: number;
    }
  | { readonly ev: "resolved"; readonly address: string }
  | {
      readonly ev: "tls";
      readonly version: string;
      readonly cipher: { readonly name: string; readonly version: string };
      readonly alpn: string | null;
      /** The peer's certificate, DER, base64; absent where it sent none. */
      readonly der?: string;
      readonly subject?: Readonly<Record<string, string | string[]>>;
      readonly issuer?: Readonly<Record<string, string | string[]>>;
      readonly subjectAltName?: string;
      readonly notBefore?: string;
      readonly notAfter?: string;
      readonly serialNumber?: string;
    }
  | { readonly ev: "ack"; readonly bytes: number }
  | { readonly ev: "eof" }
  | { readonly ev: "error"; readonly code: string; readonly message: string }
  | { readonly ev: "closed" };

export interface FetchRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly redirect: "follow" | "manual" | "error";
  /** `host:port` of private or loopback targets that the person has allowed; only the page fills it in. */
  readonly allowed: readonly string[];
}

export type FetchResponse =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly statusText: string;
      readonly url: string;
      readonly redirected: boolean;
      readonly headers: readonly (readonly [string, string])[];
    }
  | {
      readonly kind: "ask";
      readonly host: string;
      readonly port: number;
      readonly address: string;
      readonly range: AddressRange;
    }
  | { readonly kind: "error"; readonly code: string; readonly message: string };
