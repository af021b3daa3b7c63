import http from "node:http";
import { gzipSync } from "node:zlib";
import { type Listening, listen } from "./listen.ts";
import { bodyText } from "./request-body.ts";

/** A request as it came: method, address, headers in their order and case, body. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
  readonly body: string;
}

/** A server that writes down what it is asked, to the letter. */
export interface Recorder extends Listening {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
}

/** A picture of one red pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);

/**
 * Routes: `/json` (an object), `/gzip` (the request's body, compressed, as JSON), `/big` (1 MB of text), `/picture`, `/bytes`; the
 * others answer 404 with the request's body.
 */
export async function startRecorder(): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  const server = http.createServer(async (request, response) => {
    const { method = "", url = "", rawHeaders } = request;
    const body = await bodyText(request);
    requests.push({ method, url, headers: rawHeaders, body });
    const send = (type: string, content: string | Buffer, headers: http.OutgoingHttpHeaders = {}) =>
      response.writeHead(200, { "Content-Type": type, "X-Kept-Case": "yes", ...headers }).end(content);
    switch (new URL(url, "http://recorder").pathname) {
      case "/json":
        return send("application/json", JSON.stringify({ ok: true, list: [1, 2] }));
      case "/gzip":
        return send("application/json", gzipSync(JSON.stringify({ echoed: body })), {
          "Content-Encoding": "gzip",
        });
      case "/big":
        return send("text/plain", "0123456789".repeat(100_000));
      case "/picture":
        return send("image/png", png);
      case "/bytes":
        return send("application/octet-stream", Buffer.from([0, 1, 2, 255, 254, 72, 105]));
      default:
        return response.writeHead(404, { "Content-Type": "text/plain" }).end(body);
    }
  });
  const listening = await listen(server);
  return { ...listening, url: `http://127.0.0.1:${listening.port}`, requests };
}
