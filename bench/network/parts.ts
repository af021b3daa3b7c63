import { once } from "node:events";
import type { Page } from "@playwright/test";
import { WebSocket as NodeWebSocket } from "ws";
import { SOCKETS_PATH, SUBPROTOCOL, TOKEN_META } from "../../src/gateway/protocol.ts";

/** Where the requests go. */
interface Target {
  readonly host: string;
  readonly port: number;
  readonly count: number;
}

/** Milliseconds of one small GET in frames of the gateway's protocol, sent by this process: the gateway's own part. */
export async function throughGateway(url: string, { host, port, count }: Target): Promise<number> {
  const html = await (await fetch(url)).text();
  const token = new RegExp(`name="${TOKEN_META}" content="([^"]+)"`).exec(html)?.[1] ?? "";
  const origin = url.replace(/\/$/, "");
  const socket = new NodeWebSocket(
    origin.replace("http", "ws") + SOCKETS_PATH,
    [SUBPROTOCOL, `token.${token}`],
    {
      origin,
    },
  );
  await once(socket, "open");
  const frame = (kind: number, text: string) =>
    socket.send(Buffer.concat([Buffer.from([kind, 1, 0, 0, 0]), Buffer.from(text)]));
  const answer = async () => {
    let [message] = (await once(socket, "message")) as [Buffer];
    while (message[0] !== 1 && !message.includes('"open"'))
      [message] = (await once(socket, "message")) as [Buffer];
  };
  frame(0, JSON.stringify({ op: "connect", host, port }));
  await answer();
  const ask = () => {
    frame(1, `GET /small HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    return answer();
  };
  await ask();
  const start = performance.now();
  for (let index = 0; index < count; index++) await ask();
  const time = (performance.now() - start) / count;
  socket.close();
  return time;
}

/** The same frames sent by the product's own page: the browser's WebSocket comes on top. */
export function throughPage(page: Page, target: Target): Promise<number> {
  const names = { SOCKETS_PATH, SUBPROTOCOL, TOKEN_META };
  return page.evaluate(
    async ({ host, port, count, names: { SOCKETS_PATH: path, SUBPROTOCOL: protocol, TOKEN_META: meta } }) => {
      const token = document.querySelector<HTMLMetaElement>(`meta[name=${meta}]`)?.content ?? "";
      const socket = new WebSocket(location.origin.replace("http", "ws") + path, [
        protocol,
        `token.${token}`,
      ]);
      socket.binaryType = "arraybuffer";
      await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
      const frame = (kind: number, text: string) => {
        const bytes = new TextEncoder().encode(text);
        const whole = new Uint8Array(5 + bytes.length);
        whole.set([kind, 1]);
        whole.set(bytes, 5);
        socket.send(whole);
      };
      const answer = () =>
        new Promise<void>((resolve) => {
          socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
            const first = new Uint8Array(data)[0];
            if (first === 1 || new TextDecoder().decode(data).includes('"open"')) resolve();
          };
        });
      const opened = answer();
      frame(0, JSON.stringify({ op: "connect", host, port }));
      await opened;
      const ask = () => {
        const answered = answer();
        frame(1, `GET /small HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
        return answered;
      };
      await ask();
      const start = performance.now();
      for (let index = 0; index < count; index++) await ask();
      const time = (performance.now() - start) / count;
      socket.close();
      return time;
    },
    { ...target, names },
  );
}
