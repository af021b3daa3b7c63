import { createRingWriter } from "./ring.ts";

/**
 * Carries the frames of a worker that blocks while it waits: what comes from the page goes into the shared memory, since a blocked
 * thread gets no messages. Gives the worker's port, over which it sends frames, and `null` when it has made room.
 */
export function carrySockets(page: MessagePort, shared: SharedArrayBuffer): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const ring = createRingWriter(shared);
  page.onmessage = ({ data }: MessageEvent<ArrayBuffer | null>) => ring.write(data);
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === null) ring.resume();
    // A step's code may send anything; the page judges it.
    else page.postMessage(data, data instanceof ArrayBuffer ? [data] : []);
  };
  return port2;
}
