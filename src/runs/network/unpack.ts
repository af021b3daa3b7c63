/** Of a compressed body this much is undone and shown. */
const UNPACKED = 64 * 1024;
/** Compressed bytes at a time, so that a bomb has no room to go off. */
const PIECE = 1024;

/** Loads the decoder, so that it is there when the first compressed body is. */
export function preload(): void {
  import("fflate").catch(() => {});
}

export interface Unpacked {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** There is more than what is given. */
  readonly isCut: boolean;
}

/**
 * Undoes gzip or deflate (with or without zlib's header), as far as `packed` goes and up to 64 KiB. Rejects where the bytes
 * are neither.
 */
export async function unpack(packed: Uint8Array<ArrayBuffer>, isComplete: boolean): Promise<Unpacked> {
  const { Decompress } = await import("fflate");
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((piece) => {
    pieces.push(piece);
    size += piece.length;
  });
  let at = 0;
  while (at < packed.length && size <= UNPACKED) {
    const end = Math.min(packed.length, at + PIECE);
    stream.push(packed.subarray(at, end), isComplete && end === packed.length);
    at = end;
  }
  const bytes = new Uint8Array(await new Blob(pieces.map((piece) => piece.slice())).arrayBuffer());
  return { bytes: bytes.slice(0, UNPACKED), isCut: size > UNPACKED || !isComplete };
}
