import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const manifestSchema = z.object({ version: z.string().regex(/^[\da-f]+$/) });

/**
 * Version of the runtime's build, read each time: it may be built anew meanwhile. Empty where there is none; the page asks for the
 * manifest then, and says what is missing.
 */
export function runtimeVersion(runtimeDir: string): string {
  try {
    const text = readFileSync(path.join(runtimeDir, "manifest.json"), "utf8");
    return manifestSchema.parse(JSON.parse(text)).version;
  } catch {
    return "";
  }
}
