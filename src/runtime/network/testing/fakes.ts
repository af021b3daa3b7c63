import {
  FrameKind,
  type PolicyCommand,
  type SocketCommand,
  type SocketEvent,
} from "../../../gateway/protocol.ts";
import type { RunNetwork } from "../../protocol.ts";
import { decodeFrame, encodeControl, encodeData, type WorkerEvent } from "../frames.ts";

/** A run that may do everything, but for what a test says. */
export function permittedRun(change: Partial<RunNetwork> = {}): RunNetwork {
  return { judge: () => "allow", ask: async () => "allow", reached: () => {}, secrets: [], ...change };
}

/** A gateway's WebSocket as the page holds it, played by a test. */
export class FakeSocket {
  readyState: number = WebSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly frames: ArrayBuffer[] = [];

  send(frame: ArrayBuffer): void {
    this.frames.push(frame.slice(0));
  }
  close(): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.();
  }
  opens(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }
  event(channel: number, event: SocketEvent): void {
    this.onmessage?.({ data: encodeControl(channel, event) });
  }
  data(channel: number, text: string): void {
    this.onmessage?.({ data: encodeData(channel, new TextEncoder().encode(text)) });
  }
  /** What was sent to the gateway: commands, and data as text. */
  sent(): (readonly [number, SocketCommand | PolicyCommand | string])[] {
    return this.frames.map(read);
  }
}

/** The worker's end of a port, played by a test. */
export class FakeWorker {
  readonly port: MessagePort;
  readonly messages: (readonly [number, WorkerEvent | string] | null)[] = [];

  constructor(port: MessagePort) {
    this.port = port;
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer | null>) => {
      this.messages.push(data === null ? null : (read(data) as readonly [number, WorkerEvent | string]));
    };
  }
  command(channel: number, command: { readonly op: string } & Record<string, unknown>): void {
    this.port.postMessage(encodeControl(channel, command));
  }
  data(channel: number, bytes: Uint8Array | string): void {
    this.port.postMessage(
      encodeData(channel, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes),
    );
  }
}

function read(frame: ArrayBuffer): readonly [number, SocketCommand | string] {
  const decoded = decodeFrame(frame);
  if (!decoded) throw new Error(`not a frame of kinds ${Object.values(FrameKind).join(", ")}`);
  return [
    decoded.channel,
    decoded.kind === "data" ? new TextDecoder().decode(decoded.bytes) : JSON.parse(decoded.text),
  ];
}
