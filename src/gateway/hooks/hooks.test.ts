// @vitest-environment node
import { readdir, readFile, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answerOf, HooksPage, hookAddress, newHookToken } from "../testing/hooks-page.ts";
import { startTestGateway, type TestGateway, temporaryFolder } from "../testing/page.ts";

let dataDir: string;
let gateway: TestGateway;
let token: string;
const start = (limits = {}) => startTestGateway({ dataDir, limits });

beforeEach(async () => {
  dataDir = await temporaryFolder();
  gateway = await start();
  token = newHookToken();
});
afterEach(() => gateway.close());

const post = (body: string, below = "") =>
  fetch(hookAddress(gateway, token, below), {
    method: "POST",
    body,
    headers: { "content-type": "text/plain" },
  });

describe("a request while its page listens", () => {
  test("fact 6: is told in the shape of the original's event, and answered by the page", async () => {
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    const answer = fetch(hookAddress(gateway, token, "/orders/7?tag=a&tag=b&size=L"), {
      method: "PUT",
      headers: { "content-type": "application/json", "X-Signature": "s1" },
      body: '{"id": 7}',
    });
    const request = await page.take();
    expect(request).toMatchObject({ token, waits: true, at: expect.any(Number) });
    expect(Object.keys(request.event).sort()).toEqual(
      "body client_ip headers method path query url".split(" "),
    );
    expect(request.event).toMatchObject({
      body: { id: 7 },
      client_ip: "127.0.0.1",
      headers: { "content-type": "application/json", "x-signature": "s1", host: `127.0.0.1:${gateway.port}` },
      method: "PUT",
      path: "/orders/7",
      query: { tag: ["a", "b"], size: "L" },
      url: hookAddress(gateway, token, "/orders/7?tag=a&tag=b&size=L"),
    });
    const headers = [
      ["content-type", "application/json"],
      ["x-mine", "1"],
    ] as const;
    page.send({ op: "answer", id: request.id, response: answerOf(201, '{"ok":true}', headers) });
    const response = await answer;
    expect([response.status, response.headers.get("x-mine"), await response.json()]).toEqual([
      201,
      "1",
      { ok: true },
    ]);
  });

  test("fact 26: is answered as the original does where no step answers it", async () => {
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    const answer = post("x");
    const { id } = await page.take();
    page.send({ op: "answer", id, response: null });
    const response = await answer;
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining("<b>Success!</b>"),
    ]);
  });

  test("is told to one page, the newest, and to the one before it when that has gone", async () => {
    const [first, second] = [await HooksPage.open(gateway), await HooksPage.open(gateway)];
    await first.listen(token);
    await second.listen(token);
    const answer = post("x");
    const { id } = await second.next("request");
    expect(first.unread).toBe(0);
    await second.close();
    const again = await first.take();
    expect(again.id).toBe(id);
    first.send({ op: "answer", id, response: answerOf(200, "first") });
    expect(await (await answer).text()).toBe("first");
  });

  test("gets 202 where the answer takes too long, and where the page goes away before", async () => {
    await gateway.close();
    gateway = await start({ hookAnswerMs: 20 });
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    const answer = post("slow");
    const { id } = await page.take();
    expect((await answer).status).toBe(202);
    expect(await page.next("gone")).toEqual({ ev: "gone", id });
    const other = post("left");
    await page.take();
    await page.close();
    expect((await other).status).toBe(202);
  });

  test("is refused where as many wait for a busy page as are kept", async () => {
    await gateway.close();
    gateway = await start({ hookKept: 2 });
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    const waiting = [post("1"), post("2")];
    await page.next("request");
    await expect.poll(async () => (await post("3")).status).toBe(429);
    await page.close();
    const statuses = (await Promise.all(waiting)).map(({ status }) => status);
    expect(statuses).toEqual([202, 202]);
  });

  test("is not waited for any more when whoever sent it has gone", async () => {
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    const sender = new AbortController();
    const sent = fetch(hookAddress(gateway, token), { signal: sender.signal }).catch(() => null);
    const { id } = await page.take();
    sender.abort();
    await sent;
    expect(await page.next("gone")).toEqual({ ev: "gone", id });
  });
});

describe("a request while no page listens", () => {
  async function register(): Promise<void> {
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    await page.close();
  }

  test("to a token that no page ever had is not found", async () => {
    expect((await post("x")).status).toBe(404);
    expect(await readdir(dataDir)).toEqual([]);
  });

  test("is kept, also when the gateway ends, and told in its order, once", async () => {
    await register();
    for (const body of ["one", "two"]) {
      const response = await post(body);
      expect([response.status, await response.text()]).toEqual([202, expect.stringContaining("kept")]);
    }
    const { port } = gateway;
    await gateway.close();
    gateway = await startTestGateway({ dataDir, port });
    await post("three");
    const page = await HooksPage.open(gateway);
    page.send({ op: "watch", tokens: [token] });
    expect(await page.next("kept")).toMatchObject({ count: 3 });
    await page.listen(token);
    const bodies = [];
    for (let count = 0; count < 3; count += 1) {
      const { event, waits } = await page.take();
      expect(waits).toBe(false);
      bodies.push(event.body);
    }
    expect(bodies).toEqual(["one", "two", "three"]);
    // What was taken is not told again.
    const next = await HooksPage.open(gateway);
    await next.listen(token);
    next.send({ op: "watch", tokens: [token] });
    expect(await next.next("kept")).toMatchObject({ count: 0 });
  });

  test("is told again where the page went away before it had taken it", async () => {
    await register();
    await post("once");
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    const { id } = await page.next("request");
    await page.close();
    const next = await HooksPage.open(gateway);
    await next.listen(token);
    expect(await next.take()).toMatchObject({ id, event: { body: "once" } });
  });

  test("stays where the page could not store it", async () => {
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    const answer = post("x");
    const { id } = await page.next("request");
    page.send({ op: "refused", id });
    expect((await answer).status).toBe(202);
    await page.listen(token);
    expect(await page.take()).toMatchObject({ id });
  });

  test("is refused where too many wait, and none of those is lost", async () => {
    await gateway.close();
    gateway = await start({ hookKept: 2 });
    await register();
    const statuses = [];
    for (const body of ["1", "2", "3"]) statuses.push((await post(body)).status);
    expect(statuses).toEqual([202, 202, 429]);
    const page = await HooksPage.open(gateway);
    await page.listen(token);
    expect([(await page.take()).event.body, (await page.take()).event.body]).toEqual(["1", "2"]);
  });

  test("is refused where they are too large together", async () => {
    await gateway.close();
    gateway = await start({ hookKeptBytes: 3000 });
    await register();
    expect((await post("x".repeat(1000))).status).toBe(202);
    expect((await post("x".repeat(2000))).status).toBe(429);
  });

  test("lies on disk for this user only, without its token", async () => {
    await register();
    await post("mine");
    const names = await readdir(dataDir, { recursive: true });
    expect(names.join()).not.toContain(token);
    for (const name of names) {
      const stats = await stat(path.join(dataDir, name));
      expect(stats.mode & 0o077).toBe(0);
      if (stats.isFile()) expect(await readFile(path.join(dataDir, name), "utf8")).toContain("mine");
    }
  });

  test("is gone with a token that is dropped", async () => {
    await register();
    await post("x");
    const page = await HooksPage.open(gateway);
    page.send({ op: "watch", tokens: [token] });
    expect(await page.next("kept")).toMatchObject({ count: 1 });
    page.send({ op: "drop", token });
    // The request's own arrival may be told between the two.
    while ((await page.next("kept")).count > 0);
    expect((await post("x")).status).toBe(404);
  });
});

test("a body that is too large is refused with 413", async () => {
  await gateway.close();
  gateway = await start({ hookBody: 1000 });
  const page = await HooksPage.open(gateway);
  await page.listen(token);
  expect((await post("x".repeat(1001))).status).toBe(413);
  const answer = post("x".repeat(1000));
  page.send({ op: "answer", id: (await page.take()).id, response: null });
  expect((await answer).status).toBe(200);
});

test("too many hooks: those without requests that were used longest ago go first", async () => {
  await gateway.close();
  gateway = await start({ hooks: 2 });
  const page = await HooksPage.open(gateway);
  const [first, second, third] = [newHookToken(), newHookToken(), newHookToken()];
  for (const each of [first, second, third]) {
    await page.listen(each);
    page.send({ op: "leave", token: each });
    // The clock of a file system is coarse.
    const inside = path.join(dataDir, "hooks");
    if (each === first) for (const name of await readdir(inside)) await utimes(path.join(inside, name), 1, 1);
  }
  const known = await Promise.all(
    [first, second, third].map(async (each) => (await fetch(hookAddress(gateway, each))).status),
  );
  expect(known).toEqual([404, 202, 202]);
});
