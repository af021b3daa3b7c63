/**
 * What a web page without sockets would do: `fetch` to a local route that makes the request for it. A process of its own, told
 * its targets' ports; serves the page and `/proxy/PORT/PATH`.
 */
import http from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";

const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((request, response) => {
  const [, route, port, ...path] = (request.url ?? "").split("/");
  if (route !== "proxy") {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Baseline</title>");
    return;
  }
  const { method, headers } = request;
  const length =
    headers["content-length"] === undefined ? {} : { "content-length": headers["content-length"] };
  const options = {
    agent,
    host: "127.0.0.1",
    port: Number(port),
    path: `/${path.join("/")}`,
    method,
    headers: length,
  };
  const forwarded = http.request(options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  pipeline(request, forwarded, () => undefined);
});
server.keepAliveTimeout = 600_000;
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
process.send?.({ port: (server.address() as AddressInfo).port });
process.once("disconnect", () => process.exit());
