// @vitest-environment node
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket as NodeWebSocket } from "ws";
import { answerOf } from "../../gateway/testing/hooks-page.ts";
import { startTestGateway, type TestGateway, temporaryFolder } from "../../gateway/testing/page.ts";
import { createGatewayClient } from "../network/index.ts";
import { createHooks, type HookRequest, type Hooks } from "./hooks.ts";

let gateway: TestGateway;
let dataDir: string;

beforeEach(async () => {
  dataDir = await temporaryFolder();
  gateway = await startTestGateway({ dataDir });
});
afterEach(() => gateway.close());

/** A page of this gateway. */
function page(): Hooks {
  const { origin, token } = gateway;
  const openWebSocket = (url: string, protocols: string[]) => {
    const socket = new NodeWebSocket(url, protocols, { origin });
    // Refused connections are no events but errors here.
    socket.on("error", () => {});
    return socket as unknown as WebSocket;
  };
  return createHooks(createGatewayClient({ origin, token, openWebSocket }));
}

async function listening(
  hooks: Hooks,
  onRequest: (request: HookRequest) => void = () => {},
): Promise<string> {
  const token = hooks.newToken();
  hooks.listen(token, (request) => {
    onRequest(request);
    return answerOf(200, `${request.event.method} ${request.event.path}`);
  });
  await hooks.registered(token);
  return token;
}

test("a page answers the requests to its addresses", async () => {
  const hooks = page();
  const token = await listening(hooks);
  expect(hooks.state()).toBe("open");
  expect(await (await fetch(`${hooks.address(token)}/a`, { method: "DELETE" })).text()).toBe("DELETE /a");
});

test("an answer may come after the request was taken; without one the default is answered", async () => {
  const hooks = page();
  const token = hooks.newToken();
  const later = Promise.withResolvers<null>();
  const requests: HookRequest[] = [];
  hooks.listen(token, (request) => {
    requests.push(request);
    return { later: later.promise };
  });
  await hooks.registered(token);
  const answer = fetch(hooks.address(token));
  await expect.poll(() => requests.length).toBe(1);
  expect(requests[0]?.isWaitedFor()).toBe(true);
  later.resolve(null);
  expect(await (await answer).text()).toContain("Success!");
  expect(requests[0]?.isWaitedFor()).toBe(false);
});

test("what a page can't store is kept and told when it listens anew, and so is what comes while nobody listens", async () => {
  const hooks = page();
  const token = hooks.newToken();
  const stop = hooks.listen(token, () => {
    throw new Error("The disk is full.");
  });
  await hooks.registered(token);
  expect((await fetch(`${hooks.address(token)}/1`)).status).toBe(202);
  stop();
  expect((await fetch(`${hooks.address(token)}/2`)).status).toBe(202);
  const counts: number[] = [];
  hooks.watch([token], (_token, count) => counts.push(count));
  // Once or twice: the second request's own news may come after the answer to `watch`.
  await expect.poll(() => counts.at(-1)).toBe(2);
  const paths: string[] = [];
  hooks.listen(token, ({ event, isWaitedFor }) => {
    paths.push(`${event.path} ${isWaitedFor()}`);
    return null;
  });
  await expect.poll(() => paths).toEqual(["/1 false", "/2 false"]);
  await expect.poll(() => counts.at(-1)).toBe(0);
});

test("a token that is dropped is not found any more", async () => {
  const hooks = page();
  const token = await listening(hooks);
  hooks.drop(token);
  await expect(hooks.registered(token)).rejects.toThrow("Nobody listens");
  await expect.poll(async () => (await fetch(hooks.address(token))).status).toBe(404);
});

test("a gateway that is gone is told; when it is there again the page listens as before", async () => {
  const hooks = page();
  const seen: string[] = [];
  const token = await listening(hooks, ({ event }) => seen.push(event.path));
  const { port } = gateway;
  await gateway.close();
  await expect.poll(() => hooks.state()).toBe("lost");
  // Another start has another token: the page must be reloaded, and is then told of what was kept.
  gateway = await startTestGateway({ dataDir, port });
  expect((await fetch(`${hooks.address(token)}/kept`)).status).toBe(202);
  const reloaded = page();
  reloaded.listen(token, ({ event }) => {
    seen.push(event.path);
    return null;
  });
  await expect.poll(() => seen).toEqual(["/kept"]);
});
