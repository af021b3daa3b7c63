import type { GatewayClient } from "../runtime/index.ts";
import type { LockedPackage } from "../workflow/index.ts";

/**
 * The file of a package that a workflow has, from the gateway, which keeps what was installed once; null where the gateway can't have
 * it, as with files that a step names by their address.
 */
export async function packageFile(
  client: Pick<GatewayClient, "packages">,
  { name, sha256, filename, source }: LockedPackage,
  signal: AbortSignal,
): Promise<Blob | null> {
  if (source !== "index" && source !== "pyodide") return null;
  const file = encodeURIComponent(filename);
  const path = source === "index" ? `files/${name}.${sha256}/${file}` : `distribution/${file}`;
  const response = await client.packages(path, signal);
  // Not its bytes: megabytes are read where they are used, not in the page's own thread.
  return response.ok ? response.blob() : null;
}
