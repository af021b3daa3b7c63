import type http from "node:http";
import type { Guard, Refusal } from "../guard.ts";
import { SIGN_IN_PATH, SIGN_OUT_PATH } from "../protocol.ts";
import { addressOf } from "./address-of.ts";
import { createAttempts } from "./attempts.ts";
import { passwordTest } from "./password.ts";
import { createSessions, SESSION_LIFE, type Session } from "./sessions.ts";
import { signInPage, signInPolicy } from "./sign-in-page.ts";

/** Largest form that is read, in bytes. */
const MAX_FORM = 8 * 1024;

/** Who may go beyond the Host and Origin checks: those who have given the password. */
export interface SignIn {
  /** The session of a request; null without one. */
  session(request: http.IncomingMessage): Session | null;
  /** Answers what has to do with signing in, and everything of those who have not. False: the request may go on. */
  handle(request: http.IncomingMessage, response: http.ServerResponse): boolean;
  /** Why a WebSocket is not let in. */
  readonly refusal: Refusal;
  close(): void;
}

export interface SignInOptions {
  readonly password: string;
  readonly guard: Guard;
  /** The page is reached by https. */
  readonly secure: boolean;
  /** Tells instances on one name apart: cookies don't know of ports. */
  readonly port: () => number;
  /** All connections come from a proxy: the address that it names counts. */
  readonly proxied: boolean;
  readonly now?: () => number;
}

export function createSignIn(options: SignInOptions): SignIn {
  const { guard, secure, port, proxied, now } = options;
  const isRight = passwordTest(options.password);
  const attempts = createAttempts(now);
  const sessions = createSessions(now);
  const sweeping = setInterval(() => sessions.sweep(), 60_000).unref();
  // With its prefix a browser takes the cookie over https only, and from this very host only.
  const cookieName = () => `${secure ? "__Host-" : ""}runnel-${port()}`;

  function setCookie(response: http.ServerResponse, value: string, seconds: number): void {
    const flags = `Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
    response.setHeader("set-cookie", `${cookieName()}=${value}; Max-Age=${seconds}; ${flags}`);
  }

  function session({ headers }: http.IncomingMessage): Session | null {
    const prefix = `${cookieName()}=`;
    const given = (headers.cookie ?? "").split(/;\s*/).filter((cookie) => cookie.startsWith(prefix));
    return given.length === 1 ? sessions.find((given[0] ?? "").slice(prefix.length)) : null;
  }

  async function signIn(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const form = await readForm(request);
    if (form === null) return plain(response, 413, "That is no sign-in form.");
    const address = addressOf(request, proxied);
    const to = localPath(form.get("to"));
    const wait = Math.ceil(attempts.wait(address) / 1000);
    if (wait > 0) {
      response.setHeader("retry-after", String(wait));
      return page(response, 429, to, `Too many wrong passwords. Try again in ${inWords(wait)}.`);
    }
    if (!isRight(form.get("password") ?? "")) {
      attempts.failed(address);
      return page(response, 401, to, "That is not the password.");
    }
    attempts.succeeded(address);
    setCookie(response, sessions.begin().id, SESSION_LIFE / 1000);
    response.writeHead(303, { location: to, "cache-control": "no-store" }).end();
  }

  return {
    session,
    refusal: { status: 401, message: "Sign in first, then reload the page." },
    handle(request, response) {
      const { pathname } = new URL(request.url ?? "/", "http://gateway");
      const posted = request.method === "POST";
      const known = session(request);
      if (pathname === SIGN_IN_PATH || pathname === SIGN_OUT_PATH) {
        const refusal = posted ? guard.refuseForm(request.headers) : null;
        if (refusal) plain(response, refusal.status, refusal.message);
        else if (pathname === SIGN_IN_PATH && posted)
          void signIn(request, response).catch(() => request.destroy());
        else if (posted) {
          setCookie(response, "", 0);
          response.writeHead(204, { "cache-control": "no-store" }).end();
          known?.end();
        } else if (known) response.writeHead(303, { location: "/" }).end();
        else page(response, 401, "/", null);
        return true;
      }
      if (known) {
        known.hold(response);
        return false;
      }
      if (wantsPage(request)) page(response, 401, localPath(request.url), null);
      else plain(response, 401, "Sign in first, then reload the page.");
      return true;
    },
    close() {
      clearInterval(sweeping);
      sessions.endAll();
    },
  };
}

function page(response: http.ServerResponse, status: number, to: string, problem: string | null): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": signInPolicy,
    // Without a referrer a form says of its origin that it is null.
    "referrer-policy": "same-origin",
  });
  response.end(signInPage(to, problem));
}

function plain(response: http.ServerResponse, status: number, message: string): void {
  // What was not read of the request is not waited for.
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(message);
}

function wantsPage({ method, headers }: http.IncomingMessage): boolean {
  const destination = headers["sec-fetch-dest"] ?? "document";
  return method === "GET" && destination === "document" && (headers.accept ?? "").includes("text/html");
}

async function readForm(request: http.IncomingMessage): Promise<URLSearchParams | null> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "")) return null;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_FORM) return null;
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString("utf8"));
}

/** A path of this server, or its root for anything that could lead elsewhere. */
function localPath(given: string | null | undefined): string {
  if (!given?.startsWith("/") || given.startsWith("//") || /[\\\p{Cc}]/u.test(given)) return "/";
  const { origin, pathname, search } = new URL(given, "http://gateway");
  return origin !== "http://gateway" || pathname.startsWith("//") || pathname === SIGN_IN_PATH
    ? "/"
    : pathname + search;
}

function inWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
