/** The server that everybody is measured against; a process of its own. Tells its parent its ports: without and with latency. */
import http from "node:http";
import type { AddressInfo } from "node:net";

const small = Buffer.alloc(200, "x");

async function listen(latencyMs: number): Promise<number> {
  const server = http.createServer(async (request, response) => {
    request.resume();
    await new Promise((resolve) => request.once("end", resolve));
    const [path, size] = (request.url ?? "").split("?");
    const body = path === "/big" ? Buffer.alloc(Number(size), "y") : small;
    const answer = () => response.writeHead(200, { "content-length": body.length }).end(body);
    if (latencyMs > 0) setTimeout(answer, latencyMs);
    else answer();
  });
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const [direct, distant] = await Promise.all([listen(0), listen(20)]);
process.send?.({ direct, distant });
process.once("disconnect", () => process.exit());
