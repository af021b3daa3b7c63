import { RUNTIME_FILES, type RuntimeFile, type RuntimeManifest } from "../messages.ts";

/** Where the page keeps the runtime's files between visits; one version at a time. `storage` has it. */
export interface BlobStore {
  get(version: string, names: readonly string[]): Promise<ReadonlyMap<string, Blob> | null>;
  put(version: string, blobs: ReadonlyMap<string, Blob>): Promise<void>;
}

export interface RuntimeAssets {
  /** Each by itself: the frame begins with one while others are still coming. */
  readonly files: Readonly<Record<RuntimeFile, Promise<Blob>>>;
  /** Stores what was downloaded, for the next visit; nothing where it is stored already. */
  keep(): Promise<void>;
}

export interface AssetSource {
  /** URL of the runtime's folder, ending with a slash. */
  readonly base: string;
  /** Version of the server's build. */
  readonly version: string;
  readonly store: BlobStore;
}

/**
 * The runtime's files as Blobs: from the store where this build's are there, else from the gateway. Blobs, since only the frame
 * reads them: as ArrayBuffers across the border of two processes they would cost half a second.
 *
 * @throws Error with a sentence for the person when they can't be had; so do the files.
 */
export async function loadAssets(
  { base, version, store }: AssetSource,
  onDownload: () => void,
): Promise<RuntimeAssets> {
  const names = Object.entries(RUNTIME_FILES) as [RuntimeFile, string][];
  // A store that fails (private mode, full disk) only costs the download.
  const stored = await store.get(version, Object.values(RUNTIME_FILES)).catch(() => null);
  if (!stored) onDownload();
  const files = Object.fromEntries(
    names.map(([key, name]) => {
      const blob = stored?.get(name);
      return [key, blob ? Promise.resolve(blob) : download(`${base}${name}?v=${version}`)];
    }),
  ) as Record<RuntimeFile, Promise<Blob>>;
  return {
    files,
    async keep() {
      if (stored) return;
      const blobs = names.map(async ([key, name]) => [name, await files[key]] as const);
      await store.put(version, new Map(await Promise.all(blobs)));
    },
  };
}

/** The version of the server's build, where the page itself does not say it. Throws an Error with a sentence for the person. */
export async function readVersion(base: string): Promise<string> {
  const manifest = (await (await request(`${base}manifest.json`)).json()) as RuntimeManifest;
  return manifest.version;
}

function download(url: string): Promise<Blob> {
  const blob = request(url).then((response) => response.blob());
  // Whoever takes the file hears of it.
  blob.catch(() => {});
  return blob;
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
