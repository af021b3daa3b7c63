// @vitest-environment node
import { afterEach, describe, expect, test } from "vitest";
import { Channel, type ChannelServices } from "./channel.ts";
import { defaultLimits } from "./limits.ts";
import type { Judgement } from "./policy.ts";
import type { SocketEvent } from "./protocol.ts";
import { closeServers, tcpServer, until } from "./testing/servers.ts";
import { createTlsStarter } from "./tls.ts";
import { createTrust } from "./trust.ts";

afterEach(closeServers);

/** A channel in a world where the policy says just this. */
function channelWith(judge: () => Promise<Judgement>) {
  const events: SocketEvent[] = [];
  const services: ChannelServices = {
    policy: {
      resolve: () => Promise.reject(new Error("not here")),
      judge,
      judgeConfigured: () => Promise.reject(new Error("not here")),
    },
    startTls: createTlsStarter(createTrust()),
    limits: defaultLimits,
  };
  const channel = new Channel(services, {
    event: (event) => events.push(event),
    data: () => undefined,
    congested: () => false,
    holding: () => true,
    ended: (left) => left?.destroy(),
  });
  return { channel, events, seen: (ev: string) => until(() => events.some((event) => event.ev === ev)) };
}

describe("a host at several addresses", () => {
  test("is reached at the first one that answers", async () => {
    const { port } = await tcpServer(() => undefined);
    const route = { host: "host.test", addresses: ["127.0.0.2", "::1", "127.0.0.1"] as const, port };
    const { channel, events, seen } = channelWith(async () => ({
      kind: "go",
      route: { ...route, addresses: [...route.addresses] },
    }));
    channel.command({ op: "connect", host: "host.test", port });
    await seen("open");
    expect(events).toMatchObject([{ ev: "open", remoteAddress: "127.0.0.1" }]);
    channel.kill();
  });

  test("is given up with the last one's error", async () => {
    const { port, close } = await tcpServer(() => undefined);
    await close();
    const { channel, events, seen } = channelWith(async () => ({
      kind: "go",
      route: { host: "host.test", addresses: ["127.0.0.1", "::1"], port },
    }));
    channel.command({ op: "connect", host: "host.test", port });
    await seen("closed");
    expect(events).toMatchObject([
      { ev: "error", code: "ECONNREFUSED", message: expect.stringContaining("::1") },
      { ev: "closed" },
    ]);
  });
});

test("a channel that was closed while its name was looked up never connects", async () => {
  const { port, connections } = await tcpServer(() => undefined);
  let answer: (judgement: Judgement) => void = () => undefined;
  const { channel, events } = channelWith(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  channel.command({ op: "connect", host: "host.test", port });
  channel.command({ op: "close" });
  answer({ kind: "go", route: { host: "host.test", addresses: ["127.0.0.1"], port } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual([{ ev: "closed" }]);
  expect(connections.size).toBe(0);
});
