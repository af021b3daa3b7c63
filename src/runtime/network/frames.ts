/** Frames of the socket tunnel and of data stores, as both ends write and read them: `[u8 kind][u32 channel, little endian][payload]`. */
import { FrameKind, type SocketCommand, type SocketEvent } from "../../gateway/protocol.ts";

export const FRAME_HEADER_BYTES = 5;
/** The payload of one data frame is never longer. */
export const MAX_DATA_BYTES = 256 * 1024;
/** The JSON of one control frame is never longer; a bundle of certificate authorities is the longest thing in one. */
export const MAX_CONTROL_BYTES = 512 * 1024;

/** What the page tells a worker: the gateway's events, and that a person is asked by the page itself or has answered. */
export type WorkerEvent = SocketEvent | { readonly ev: "asking" } | { readonly ev: "answered" };

/** Kind of the frames in which the page answers about a step's data store; they go from the page to the worker only. */
const STORE_REPLY = 2;

export type Frame =
  | { readonly kind: "control"; readonly channel: number; readonly text: string }
  | { readonly kind: "data"; readonly channel: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `channel`: id of the step. `text`: JSON of a `StoreReply`. */
  | { readonly kind: "store-reply"; readonly channel: number; readonly text: string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function encode(kind: number, channel: number, payload: Uint8Array): ArrayBuffer {
  const frame = new Uint8Array(FRAME_HEADER_BYTES + payload.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, kind);
  view.setUint32(1, channel, true);
  frame.set(payload, FRAME_HEADER_BYTES);
  return frame.buffer;
}

export function encodeControl(
  channel: number,
  message: SocketCommand | WorkerEvent | { readonly op: string },
): ArrayBuffer {
  return encode(FrameKind.control, channel, encoder.encode(JSON.stringify(message)));
}

/** Copies `bytes`, so the frame can be transferred. */
export function encodeData(channel: number, bytes: Uint8Array): ArrayBuffer {
  return encode(FrameKind.data, channel, bytes);
}

export function encodeStoreReply(step: number, text: string): ArrayBuffer {
  return encode(STORE_REPLY, step, encoder.encode(text));
}

/** The frame in `buffer`, whose bytes it shares; null where it is not one. */
export function decodeFrame(buffer: ArrayBuffer): Frame | null {
  if (buffer.byteLength < FRAME_HEADER_BYTES) return null;
  const view = new DataView(buffer);
  const channel = view.getUint32(1, true);
  const payload = new Uint8Array(buffer, FRAME_HEADER_BYTES);
  switch (view.getUint8(0)) {
    case FrameKind.control:
      return { kind: "control", channel, text: decoder.decode(payload) };
    case FrameKind.data:
      return { kind: "data", channel, bytes: payload };
    case STORE_REPLY:
      return { kind: "store-reply", channel, text: decoder.decode(payload) };
    default:
      return null;
  }
}
