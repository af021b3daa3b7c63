import { RUNTIME_FILES, type RuntimeFile, type RuntimeManifest } from "../messages.ts";

/** Where the page keeps the runtime's files between visits; one version at a time. `storage` has it. */
export interface BlobStore {
  get(version: string, names: readonly string[]): Promise<ReadonlyMap<string, Blob> | null>;
  put(version: string, blobs: ReadonlyMap<string, Blob>): Promise<void>;
}

export interface RuntimeAssets {
  readonly manifest: RuntimeManifest;
  readonly files: Readonly<Record<RuntimeFile, Blob>>;
}

/**
 * The runtime's files as Blobs: from the store where this build's are there, else from the gateway. Blobs, since only the frame
 * reads them: as ArrayBuffers across the border of two processes they would cost half a second.
 *
 * @param base URL of the runtime's folder, ending with a slash.
 * @throws Error with a sentence for the person when they can't be had.
 */
export async function loadAssets(
  base: string,
  store: BlobStore,
  onDownload: () => void,
): Promise<RuntimeAssets> {
  const manifest = (await (await request(`${base}manifest.json`)).json()) as RuntimeManifest;
  const names = Object.values(RUNTIME_FILES);
  // A store that fails (private mode, full disk) only costs the download.
  let blobs = await store.get(manifest.version, names).catch(() => null);
  if (!blobs) {
    onDownload();
    blobs = new Map(
      await Promise.all(
        names.map(
          async (name) =>
            [name, await (await request(`${base}${name}?v=${manifest.version}`)).blob()] as const,
        ),
      ),
    );
    void store.put(manifest.version, blobs).catch(() => {});
  }
  const files = Object.fromEntries(
    Object.entries(RUNTIME_FILES).map(([key, name]) => [key, blobs.get(name)]),
  ) as Record<RuntimeFile, Blob>;
  return { manifest, files };
}

async function request(url: string): Promise<Response> {
  const response = await fetch(url).catch(() => null);
  if (!response) throw new Error("Runnel's local server does not answer. Is `npm start` still running?");
  if (!response.ok)
    throw new Error(
      `Runnel's local server answered ${response.status} for ${url}. Build again: npm run build`,
    );
  return response;
}
