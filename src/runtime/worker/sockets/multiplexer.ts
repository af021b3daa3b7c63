import type { SocketCommand } from "../../../gateway/protocol.ts";
import { decodeFrame, encodeControl, encodeData, type WorkerEvent } from "../../network/frames.ts";
import { Channel } from "./channel.ts";
import type { Failure } from "./failure.ts";

/** All connections of this worker on one port. */
export interface Multiplexer {
  connect(host: string, port: number, timeoutMs: number | undefined): Channel;
  /** Resolves to the host's address, or to why there is none; `abort` ends it. */
  resolve(host: string): { readonly answer: Promise<string | Failure>; abort(): void };
  /** Seconds, so far, in which a person was being asked about at least one of the connections. */
  askedSeconds(): number;
}

export function createMultiplexer(port: MessagePort): Multiplexer {
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
    const post = (frame: ArrayBuffer) => port.postMessage(frame, [frame]);
    const channel = new Channel({
      control(command) {
        if (command.op === "close") channels.delete(id);
        post(encodeControl(id, command));
      },
      data: (bytes) => post(encodeData(id, bytes)),
      asking,
    });
    channels.set(id, channel);
    post(encodeControl(id, first));
    return channel;
  }

  port.onmessage = ({ data }: MessageEvent<ArrayBuffer | null>) => {
    if (data === null) {
      const lost = [...channels.values()];
      channels.clear();
      for (const channel of lost) channel.gatewayGone();
      return;
    }
    const frame = decodeFrame(data);
    const channel = frame && channels.get(frame.channel);
    if (!frame || !channel) return;
    if (frame.kind === "data") return channel.receive(frame.bytes);
    const event = JSON.parse(frame.text) as WorkerEvent;
    if (event.ev === "closed") channels.delete(frame.channel);
    channel.handle(event);
  };

  return {
    askedSeconds: () => (askedMs + (asked > 0 ? performance.now() - askedSince : 0)) / 1000,
    connect: (host, targetPort, timeoutMs) =>
      open({ op: "connect", host, port: targetPort, ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
    resolve(host) {
      const channel = open({ op: "resolve", host });
      const settle = async () => {
        for (;;) {
          if (channel.resolved !== null) return channel.resolved;
          if (channel.failure) return channel.failure;
          await channel.changed();
        }
      };
      return { answer: settle(), abort: () => channel.abort() };
    },
  };
}
