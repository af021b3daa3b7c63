import { X509Certificate } from "node:crypto";
import net from "node:net";
import tls from "node:tls";
import { checkPassword, MIN_PASSWORD } from "./password.ts";
import { isLoopbackHost } from "./sites.ts";

/** How the gateway is to be reached, as the person wants it. */
export interface AccessOptions {
  /** An address of this machine, `0.0.0.0` or `::` for all of them, or a name of it. */
  readonly host: string;
  readonly password?: string | undefined;
  /** PEM texts: the gateway speaks TLS itself. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** What a person types where a proxy stands in front. */
  readonly publicUrl?: string | undefined;
  readonly dev?: boolean | undefined;
}

/** The same, found to be safe and to work. */
export interface AccessPlan {
  readonly host: string;
  /** Null: only this machine's own user can reach it, and nobody signs in. */
  readonly password: string | null;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly publicUrl: URL | undefined;
  /** Other machines can reach it: private addresses are out of bounds then. */
  readonly remote: boolean;
  /** Names and addresses of the certificate. */
  readonly certified: readonly string[];
}

/** Throws an Error that says what is missing, and how to give it, where the gateway must not start like this. */
export function planAccess(options: AccessOptions): AccessPlan {
  const { host, dev = false } = options;
  if (
    net.isIP(host) === 0 &&
    !/^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(host)
  )
    throw new Error(`--host must be an address or a name of this machine, not "${host}".`);
  const publicUrl = options.publicUrl === undefined ? undefined : readPublicUrl(options.publicUrl);
  const remote = publicUrl !== undefined || !isLoopbackHost(host);
  const password = options.password ?? null;
  if (password !== null) checkPassword(password);
  else if (remote) {
    const why = publicUrl ? `--public-url ${publicUrl.origin}` : `--host ${host}`;
    throw new Error(
      `With ${why} other machines can reach Runnel, and through it your network, so it needs an access password of at least ${MIN_PASSWORD} characters: set the environment variable RUNNEL_PASSWORD, or put it into a file and name that with --password-file.`,
    );
  }
  if (remote && !options.tls && !publicUrl) {
    throw new Error(
      `Runnel's page works over https only when it comes from another machine (browsers give encryption and shared memory to nothing else). Give a certificate with --tls-cert FILE --tls-key FILE, or put a proxy that speaks TLS in front and name its address with --public-url https://NAME.`,
    );
  }
  if (dev && (remote || password !== null))
    throw new Error(
      "--dev serves this machine only and knows no sign-in: leave --host and the password out.",
    );
  const certified = options.tls ? certificateNames(options.tls) : [];
  return { host, password, tls: options.tls ?? null, publicUrl, remote, certified };
}

function readPublicUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const bare = url && url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  const trusted = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopbackHost(bareHost(url)));
  if (!url || !bare || !trusted) {
    throw new Error(
      "--public-url must be the https address of the page without a path, such as https://runnel.example.com (http only for localhost).",
    );
  }
  return url;
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** What the certificate is for, without wildcards. Throws where it and its key don't fit. */
function certificateNames({ cert, key }: { readonly cert: string; readonly key: string }): readonly string[] {
  try {
    tls.createSecureContext({ cert, key });
    const { subjectAltName = "" } = new X509Certificate(cert);
    return subjectAltName
      .split(", ")
      .map((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? "")
      .filter((name) => name !== "" && !name.includes("*"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The certificate (--tls-cert) and its key (--tls-key) can't be used, both must be PEM: ${reason}`,
    );
  }
}
