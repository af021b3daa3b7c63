import { createHash } from "node:crypto";

/** On every answer of the gateway, refusals included. */
export const commonHeaders: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

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

function inlineScripts(html: string): readonly string[] {
  return [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    (match) => match[1] ?? "",
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
