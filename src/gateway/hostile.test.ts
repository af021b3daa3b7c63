// @vitest-environment node
import { afterAll, afterEach, describe, vi } from "vitest";
import { accessAttempts } from "./hostile/access.ts";
import { connectionAttempts } from "./hostile/connections.ts";
import { fetchAttempts } from "./hostile/fetch.ts";
import { floodAttempts } from "./hostile/floods.ts";
import { framesAttempts } from "./hostile/frames.ts";
import { handshakeAttempts } from "./hostile/handshakes.ts";
import { hookAttempts } from "./hostile/hooks.ts";
import { nameAttempts } from "./hostile/names.ts";
import { requestsAttempts } from "./hostile/requests.ts";
import { smugglingAttempts } from "./hostile/smuggling.ts";

vi.mock("node:dns/promises", () => import("./testing/dns.ts"));

/**
 * What someone may try who is not the person at the page: another page, a program on this machine or its network, a server that
 * is reached, the step's own code. One test an attempt; each fails when the attempt gets through.
 */
const kinds = {
  "requests of others": requestsAttempts,
  "smuggled requests": smugglingAttempts,
  "connections that only keep the server busy": connectionAttempts,
  "WebSocket handshakes": handshakeAttempts,
  "the sign-in": accessAttempts,
  "frames of the page": framesAttempts,
  "names and addresses": nameAttempts,
  "the fetch route": fetchAttempts,
  "addresses of workflows": hookAttempts,
  "too much of everything": floodAttempts,
};

const made = new Map<string, number>();
let through = 0;

for (const [kind, attempts] of Object.entries(kinds)) {
  describe(kind, () => {
    afterEach(({ task }) => {
      made.set(kind, (made.get(kind) ?? 0) + 1);
      if (task.result?.state === "fail") through += 1;
    });
    attempts();
  });
}

afterAll(() => {
  const total = [...made.values()].reduce((sum, count) => sum + count, 0);
  const lines = [...made].map(([kind, count]) => `  ${String(count).padStart(4)}  ${kind}\n`);
  process.stdout.write(`${total} hostile attempts, ${through} through\n${lines.join("")}`);
});
