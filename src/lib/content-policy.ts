/**
 * What the page and the sandboxed frame may do, said once: the gateway sends it as headers, and the build writes it into the HTML as
 * well, for whoever serves the built files without the gateway.
 */
import { createHash } from "node:crypto";

/**
 * What the app's own page may do. Monaco writes `<style>` elements, hence `'unsafe-inline'` for styles. In development
 * Vite's React preamble is an inline script and its hot reload needs nothing beyond `'self'`.
 */
export function pagePolicy({ dev = false } = {}): string {
  return [
    "default-src 'none'",
    `script-src 'self'${dev ? " 'unsafe-inline'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** What the worker may do that runs WebAssembly for the editor: no other part of the page compiles any. */
function wasmWorkerPolicy(): string {
  return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
}

/** Scripts of such workers, by the path they are served under: built, or as a source in development. */
const WASM_WORKER = /\.wasm-worker(-[\w-]{8,}\.js|\.ts)$/;

/** The policy that a file of the app is sent with. */
export function filePolicy(path: string, options: { readonly dev?: boolean } = {}): string {
  return WASM_WORKER.test(path) ? wasmWorkerPolicy() : pagePolicy(options);
}

/** What the sandboxed frame may do: run its one inline script, compile WebAssembly, start `data:` workers; no network at all. */
export function framePolicy(html: string): string {
  const hashes = inlineScripts(html).map((script) => `'sha256-${sha256(script)}'`);
  return [
    "sandbox allow-scripts",
    "default-src 'none'",
    `script-src ${[...hashes, "'wasm-unsafe-eval'", "blob:"].join(" ")}`,
    "worker-src data:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}

/** Browsers obey these in a header only, and complain about them elsewhere. */
const HEADER_ONLY = /^(sandbox|frame-ancestors)\b/;
const CHARSET = /<meta charset="utf-8"\s*\/?>/;

/** The policy as a page can say it of itself. */
export function metaPolicy(policy: string): string {
  return policy
    .split("; ")
    .filter((directive) => !HEADER_ONLY.test(directive))
    .join("; ");
}

/** The page with the policy in it, before anything that it speaks of. Throws where the page has no `<meta charset="utf-8">`. */
export function withMetaPolicy(html: string, policy: string): string {
  if (!CHARSET.test(html))
    throw new Error('The page has no <meta charset="utf-8">, behind which its policy goes.');
  const meta = `<meta http-equiv="Content-Security-Policy" content="${metaPolicy(policy)}" />`;
  return html.replace(CHARSET, (charset) => `${charset}\n    ${meta}`);
}

function inlineScripts(html: string): readonly string[] {
  return [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    (match) => match[1] ?? "",
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
