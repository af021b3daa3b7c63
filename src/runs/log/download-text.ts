/** Characters kept for the download of one step's whole log. */
const MAX_DOWNLOAD = 512 * 1024 * 1024;
/** Text is handed to the browser as Blobs of about this many characters: they don't count against the page's heap. */
const BLOB_SIZE = 1024 * 1024;

/** Everything a step has written, from its beginning. */
export interface DownloadText {
  /** Something came that did not fit: nothing is kept from there on. */
  readonly full: boolean;
  keep(text: string): void;
  parts(): BlobPart[];
}

export function createDownloadText(limit = MAX_DOWNLOAD): DownloadText {
  const blobs: Blob[] = [];
  let pending: string[] = [];
  let pendingLength = 0;
  let length = 0;
  let full = false;
  return {
    get full() {
      return full;
    },
    keep(text) {
      full ||= length + text.length > limit;
      if (full) return;
      length += text.length;
      pending.push(text);
      pendingLength += text.length;
      if (pendingLength < BLOB_SIZE) return;
      blobs.push(new Blob(pending));
      pending = [];
      pendingLength = 0;
    },
    parts: () => [...blobs, ...pending],
  };
}
