import type { SocketCommand } from "../../../gateway/protocol.ts";
import { decodeFrame, encodeControl, encodeData, type WorkerEvent } from "../../network/frames.ts";
import { Channel } from "./channel.ts";

/** The way to the page: frames of gateway/protocol.ts. */
export interface FrameLink {
  /** The frame is transferred. */
  post(frame: ArrayBuffer): void;
  /** `null`: the page has lost the gateway. */
  onFrame: ((frame: ArrayBuffer | null) => void) | null;
}

/** A way whose frames come as messages. */
export function portLink(port: MessagePort): FrameLink {
  const link: FrameLink = { post: (frame) => port.postMessage(frame, [frame]), onFrame: null };
  port.onmessage = ({ data }: MessageEvent<ArrayBuffer | null>) => link.onFrame?.(data);
  return link;
}

/** All connections of this worker on one port. */
export interface Multiplexer {
  connect(host: string, port: number, timeoutMs: number | undefined): Channel;
  /** A look-up: the channel tells the address or the failure. */
  resolve(host: string): Channel;
  /** Whether a person is being asked about one of the connections. */
  asking(): boolean;
  /** Seconds, so far, in which a person was being asked about at least one of the connections. */
  askedSeconds(): number;
}

/** `onStoreReply` gets what is said about a step's data store. */
export function createMultiplexer(
  link: FrameLink,
  onStoreReply: (step: number, text: string) => void = () => {},
): Multiplexer {
  const channels = new Map<number, Channel>();
  let lastId = 0;
  let asked = 0;
  let askedMs = 0;
  let askedSince = 0;

  function asking(now: boolean): void {
    if (now && asked === 0) askedSince = performance.now();
    asked += now ? 1 : -1;
    if (!now && asked === 0) askedMs += performance.now() - askedSince;
  }

  function open(first: SocketCommand): Channel {
    lastId += 1;
    const id = lastId;
    const channel = new Channel({
      control(command) {
        if (command.op === "close") channels.delete(id);
        link.post(encodeControl(id, command));
      },
      data: (bytes) => link.post(encodeData(id, bytes)),
      asking,
    });
    channels.set(id, channel);
    link.post(encodeControl(id, first));
    return channel;
  }

  link.onFrame = (raw) => {
    if (raw === null) {
      const lost = [...channels.values()];
      channels.clear();
      for (const channel of lost) channel.gatewayGone();
      return;
    }
    const frame = decodeFrame(raw);
    if (frame?.kind === "store-reply") {
      onStoreReply(frame.channel, frame.text);
      return;
    }
    const channel = frame && channels.get(frame.channel);
    if (!frame || !channel) return;
    if (frame.kind === "data") return channel.receive(frame.bytes);
    const event = JSON.parse(frame.text) as WorkerEvent;
    if (event.ev === "closed") channels.delete(frame.channel);
    channel.handle(event);
  };

  return {
    asking: () => asked > 0,
    askedSeconds: () => (askedMs + (asked > 0 ? performance.now() - askedSince : 0)) / 1000,
    connect: (host, targetPort, timeoutMs) =>
      open({ op: "connect", host, port: targetPort, ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
    resolve: (host) => open({ op: "resolve", host }),
  };
}
