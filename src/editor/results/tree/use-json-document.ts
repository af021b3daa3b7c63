import { useEffect, useMemo, useState } from "react";
import { runAtOnce, runInSlices } from "../../../lib/slices.ts";
import { type JsonDocument, readingJson } from "./json-document.ts";

/** Characters that are looked through at once: a few milliseconds. */
const atOnce = 512 * 1024;

export type JsonReading =
  | { readonly kind: "reading" }
  | { readonly kind: "read"; readonly document: JsonDocument }
  | { readonly kind: "failed"; readonly message: string };

/** The document of a JSON text: at once, or in slices where it is long. */
export function useJsonDocument(json: string): JsonReading {
  const small = useMemo(() => (json.length <= atOnce ? readNow(json) : null), [json]);
  const [large, setLarge] = useState<{ readonly json: string; readonly reading: JsonReading } | null>(null);
  useEffect(() => {
    if (json.length <= atOnce) return;
    const abort = new AbortController();
    runInSlices(readingJson(json), abort.signal).then(
      (document) => setLarge({ json, reading: { kind: "read", document } }),
      (error: unknown) => {
        if (!abort.signal.aborted) setLarge({ json, reading: failed(error) });
      },
    );
    return () => abort.abort();
  }, [json]);
  return small ?? (large?.json === json ? large.reading : { kind: "reading" });
}

function readNow(json: string): JsonReading {
  try {
    return { kind: "read", document: runAtOnce(readingJson(json)) };
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): JsonReading {
  return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
}
