import { once } from "node:events";
import type { Page } from "@playwright/test";
import { WebSocket as NodeWebSocket } from "ws";
import { SOCKETS_PATH, SUBPROTOCOL, TOKEN_META } from "../../src/gateway/protocol.ts";

/** Where the requests go. */
interface Target {
  readonly host: string;
  readonly port: number;
  readonly count: number;
  readonly bytes: number;
}

/** Milliseconds: of one small GET on average, and of the large body down. */
export interface PartTimes {
  readonly get: number;
  readonly down: number;
}

const KINDS = { control: 0, data: 1 };
/** So much is acknowledged at a time, as the worker does. */
const LOT = 1024 * 1024;

/** Frames of the gateway's protocol sent by this process: the server's and the gateway's own part. */
export async function throughGateway(url: string, { host, port, count, bytes }: Target): Promise<PartTimes> {
  const html = await (await fetch(url)).text();
  const token = new RegExp(`name="${TOKEN_META}" content="([^"]+)"`).exec(html)?.[1] ?? "";
  const origin = url.replace(/\/$/, "");
  const socket = new NodeWebSocket(
    origin.replace("http", "ws") + SOCKETS_PATH,
    [SUBPROTOCOL, `token.${token}`],
    { origin },
  );
  await once(socket, "open");
  const send = (kind: number, text: string) =>
    socket.send(Buffer.concat([Buffer.from([kind, 1, 0, 0, 0]), Buffer.from(text)]));
  /** Until so many bytes have come; 0: until the connection is open. */
  const arrival = (wanted: number) =>
    new Promise<void>((resolve) => {
      let [got, unacknowledged] = [0, 0];
      const listen = (message: Buffer) => {
        if (message[0] === KINDS.data) got += message.length - 5;
        else if (wanted > 0 || !message.includes('"open"')) return;
        unacknowledged += message.length - 5;
        if (wanted > 0 && unacknowledged >= LOT) {
          send(KINDS.control, JSON.stringify({ op: "ack", bytes: unacknowledged }));
          unacknowledged = 0;
        }
        if (got < wanted) return;
        socket.off("message", listen);
        resolve();
      };
      socket.on("message", listen);
    });
  const ask = (path: string, wanted: number) => {
    const arrived = arrival(wanted);
    send(KINDS.data, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    return arrived;
  };
  const opened = arrival(0);
  send(KINDS.control, JSON.stringify({ op: "connect", host, port }));
  await opened;
  await ask("/small", 1);
  const start = performance.now();
  for (let index = 0; index < count; index++) await ask("/small", 1);
  const middle = performance.now();
  await ask(`/big?${bytes}`, bytes);
  const end = performance.now();
  socket.close();
  return { get: (middle - start) / count, down: end - middle };
}

/** The same frames sent by the product's own page: the browser's WebSocket comes on top. */
export function throughPage(page: Page, target: Target): Promise<PartTimes> {
  const names = { path: SOCKETS_PATH, protocol: SUBPROTOCOL, meta: TOKEN_META, kinds: KINDS, lot: LOT };
  return page.evaluate(
    async ({ host, port, count, bytes, path, protocol, meta, kinds, lot }) => {
      const token = document.querySelector<HTMLMetaElement>(`meta[name=${meta}]`)?.content ?? "";
      const socket = new WebSocket(location.origin.replace("http", "ws") + path, [
        protocol,
        `token.${token}`,
      ]);
      socket.binaryType = "arraybuffer";
      await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
      const send = (kind: number, text: string) => {
        const content = new TextEncoder().encode(text);
        const frame = new Uint8Array(5 + content.length);
        frame.set([kind, 1]);
        frame.set(content, 5);
        socket.send(frame);
      };
      const arrival = (wanted: number) =>
        new Promise<void>((resolve) => {
          let [got, unacknowledged] = [0, 0];
          socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
            if (new Uint8Array(data)[0] === kinds.data) got += data.byteLength - 5;
            else if (wanted > 0 || !new TextDecoder().decode(data).includes('"open"')) return;
            unacknowledged += data.byteLength - 5;
            if (wanted > 0 && unacknowledged >= lot) {
              send(kinds.control, JSON.stringify({ op: "ack", bytes: unacknowledged }));
              unacknowledged = 0;
            }
            if (got >= wanted) resolve();
          };
        });
      const ask = (route: string, wanted: number) => {
        const arrived = arrival(wanted);
        send(kinds.data, `GET ${route} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
        return arrived;
      };
      const opened = arrival(0);
      send(kinds.control, JSON.stringify({ op: "connect", host, port }));
      await opened;
      await ask("/small", 1);
      const start = performance.now();
      for (let index = 0; index < count; index++) await ask("/small", 1);
      const middle = performance.now();
      await ask(`/big?${bytes}`, bytes);
      const end = performance.now();
      socket.close();
      return { get: (middle - start) / count, down: end - middle };
    },
    { ...target, ...names },
  );
}
