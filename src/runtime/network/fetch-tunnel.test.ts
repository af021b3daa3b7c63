import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FETCH_WINDOW } from "./fetch-messages.ts";
import { type FetchWorld, head, openFetchWorld, streamOf } from "./testing/fetch-world.ts";

const question = { kind: "ask", host: "::1", port: 80, address: "::1", range: "loopback" } as const;

let world: FetchWorld;
beforeEach(() => {
  world = openFetchWorld();
});
afterEach(() => world.close());

describe("a request", () => {
  test("arrives whole, and so does its answer", async () => {
    world.answer.mockImplementation(async (_request, body) => ({
      head: head(201),
      body: streamOf("got ", new TextDecoder().decode(body ?? undefined)),
    }));
    const response = await world.fetch("http://api.example/a?b=1", {
      method: "PUT",
      headers: { "X-Test": "1" },
      body: "héllo",
      redirect: "manual",
    });
    expect(world.answer.mock.calls[0]?.[0]).toEqual({
      url: "http://api.example/a?b=1",
      method: "PUT",
      headers: [
        ["content-type", "text/plain;charset=UTF-8"],
        ["x-test", "1"],
      ],
      redirect: "manual",
      allowed: [],
    });
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.url, response.redirected]).toEqual([
      201,
      "http://api.example/final",
      false,
    ]);
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(await response.text()).toBe("got héllo");
  });

  test("can be a Request", async () => {
    world.answer.mockResolvedValue({ head: head(200), body: streamOf("ok") });
    await world.fetch(new Request("http://api.example/r", { method: "POST", body: "x" }));
    expect(world.answer.mock.calls[0]?.[0]).toMatchObject({ url: "http://api.example/r", method: "POST" });
  });

  test("may be answered on the spot", async () => {
    world.given.local = new Response("here");
    expect(await (await world.fetch("http://pyodide.invalid/x")).text()).toBe("here");
    expect(world.answer).not.toHaveBeenCalled();
  });

  test.each([204, 205, 304])("an world.answer of %i has no body", async (status) => {
    world.answer.mockResolvedValue({ head: head(status), body: streamOf("") });
    const response = await world.fetch("http://api.example/");
    expect([response.status, response.body]).toEqual([status, null]);
  });

  test("shows as a connection with one exchange, its headers and its bodies; so does each redirect", async () => {
    world.answer
      .mockResolvedValueOnce({ head: head(308, { headers: [["location", "/final"]] }), body: null })
      .mockResolvedValueOnce({ head: head(200), body: streamOf("12345") });
    await (
      await world.fetch("https://api.example/x?key=1", {
        method: "POST",
        body: "abc",
        headers: { "X-Test": "1" },
      })
    ).text();
    await vi.waitFor(() => expect(world.records.at(-1)?.state).toBe("closed"));
    expect(world.records.at(-1)).toMatchObject({
      host: "api.example",
      port: 443,
      tls: true,
      bytesOut: 3,
      bytesIn: 5,
      verified: true,
      exchanges: [{ method: "POST", path: "/final", status: 200 }],
    });
    expect(world.records.findLast(({ id }) => id === 1)).toMatchObject({
      state: "closed",
      bytesOut: 3,
      exchanges: [{ method: "POST", path: "/x?key=1", status: 308 }],
    });
    const exchange = world.records.at(-1)?.exchanges[0];
    expect([exchange?.durationMs, exchange?.firstByteMs]).not.toContain(null);
    expect(exchange?.request.headers).toContainEqual(["x-test", "1"]);
    expect(exchange?.response?.headers).toEqual([["content-type", "text/plain"]]);
    const text = (bytes: Uint8Array | null | undefined) => new TextDecoder().decode(bytes ?? undefined);
    expect(text(exchange?.request.body.bytes)).toBe("abc");
    expect(text(exchange?.response?.body.bytes)).toBe("12345");
  });
});

describe("an error", () => {
  test("of the gateway is a TypeError with its words", async () => {
    world.answer.mockResolvedValue({
      head: { kind: "error", code: "ENOTFOUND", message: "nope.invalid is unknown" },
      body: null,
    });
    await expect(world.fetch("http://nope.invalid/")).rejects.toThrow(
      new TypeError("nope.invalid is unknown"),
    );
    expect(world.records.at(-1)).toMatchObject({ state: "failed", error: "nope.invalid is unknown" });
  });

  test("in the middle of a body reaches its reader", async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Uint8Array.of(1));
      },
      pull(controller) {
        controller.error(new Error("cut"));
      },
    });
    world.answer.mockResolvedValue({ head: head(200), body });
    const response = await world.fetch("http://api.example/");
    await expect(response.bytes()).rejects.toThrow(TypeError);
  });

  test.each(["http://localhost:4173/api/x", "ftp://api.example/", "file:///etc/passwd", "data:text/plain,x"])(
    "%s can't be reached",
    async (url) => {
      await expect(world.fetch(url)).rejects.toThrow(TypeError);
      expect(world.answer).not.toHaveBeenCalled();
    },
  );
});

describe("permission", () => {
  test("is asked for, and the request made again with it", async () => {
    world.answer
      .mockResolvedValueOnce({ head: question, body: null })
      .mockResolvedValueOnce({ head: head(200), body: streamOf("ok") });
    expect(await (await world.fetch("http://[::1]/")).text()).toBe("ok");
    expect(world.answer.mock.calls.map(([request]) => request.allowed)).toEqual([[], ["[::1]:80"]]);
    expect(world.records.map(({ state }) => state)).toContain("waiting-for-permission");
  });

  test("denied: the request fails and says what to do", async () => {
    world.ask.mockResolvedValue("deny");
    world.answer.mockResolvedValue({ head: question, body: null });
    await expect(world.fetch("http://[::1]/")).rejects.toThrow(/\[::1\]:80 .*Network access/);
  });
});

describe("an end from outside", () => {
  test("an abort before the world.answer reaches the gateway", async () => {
    let signal: AbortSignal | undefined;
    world.answer.mockImplementation((_request, _body, given) => {
      signal = given;
      return new Promise(() => {});
    });
    const controller = new AbortController();
    const response = world.fetch("http://api.example/", { signal: controller.signal });
    response.catch(() => {});
    await vi.waitFor(() => expect(signal).toBeDefined());
    controller.abort(new Error("enough"));
    await expect(response).rejects.toThrow("enough");
    await vi.waitFor(() => expect(signal?.aborted).toBe(true));
  });

  test("an abort before the request makes none", async () => {
    await expect(world.fetch("http://api.example/", { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(world.answer).not.toHaveBeenCalled();
  });

  test("a reader that gives up frees the gateway", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        cancelled = true;
      },
    });
    world.answer.mockResolvedValue({ head: head(200), body });
    const response = await world.fetch("http://api.example/");
    await response.body?.cancel();
    await vi.waitFor(() => expect(cancelled).toBe(true));
  });
});

test("a slow reader slows the gateway down", async () => {
  const piece = 1024 * 1024;
  let made = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        made += 1;
        controller.enqueue(new Uint8Array(piece));
        if (made === 20) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  world.answer.mockResolvedValue({ head: head(200), body });
  const response = await world.fetch("http://api.example/big");
  await vi.waitFor(() => expect(made).toBe(FETCH_WINDOW / piece + 1));
  expect((await response.arrayBuffer()).byteLength).toBe(20 * piece);
});
