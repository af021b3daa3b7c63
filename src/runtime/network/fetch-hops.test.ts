import { beforeEach, describe, expect, test, vi } from "vitest";
import type { FetchResponse } from "../../gateway/protocol.ts";
import type { RunNetwork } from "../protocol.ts";
import { createHopSender, DeniedError } from "./fetch-hop.ts";
import { type FetchHop, followRedirects } from "./fetch-hops.ts";
import type { GatewayClient } from "./gateway-client.ts";
import { createPermissions } from "./permissions.ts";
import { createSecretGuard } from "./secret-guard.ts";

let fetchThrough: ReturnType<typeof vi.fn<GatewayClient["fetchThrough"]>>;
let judge: ReturnType<typeof vi.fn<RunNetwork["judge"]>>;
let ask: ReturnType<typeof vi.fn<RunNetwork["ask"]>>;
let reached: ReturnType<typeof vi.fn<RunNetwork["reached"]>>;
let asking: boolean[];

beforeEach(() => {
  fetchThrough = vi.fn<GatewayClient["fetchThrough"]>();
  judge = vi.fn<RunNetwork["judge"]>(() => "allow");
  ask = vi.fn<RunNetwork["ask"]>(async () => "allow");
  reached = vi.fn<RunNetwork["reached"]>();
  asking = [];
});

const answered = (status: number, headers: [string, string][] = []) => {
  const head: FetchResponse = {
    kind: "response",
    status,
    statusText: "",
    url: "",
    redirected: false,
    headers,
  };
  return { head, body: null };
};
const moved = (status: number, location: string) => answered(status, [["Location", location]]);
const loopback = { kind: "ask", host: "::1", port: 80, address: "::1", range: "loopback" } as const;

function go(
  url: string,
  change: Partial<Omit<FetchHop, "url">> = {},
  redirect: "follow" | "manual" | "error" = "follow",
) {
  const client: GatewayClient = {
    origin: "http://localhost:4173",
    fetchThrough,
    packages: () => Promise.reject(new Error("no packages here")),
    openHooks: () => {
      throw new Error("No hooks here.");
    },
    openSockets: () => {
      throw new Error("no sockets here");
    },
    signOut: () => Promise.reject(new Error("not here")),
  };
  const send = createHopSender({
    client,
    permissions: createPermissions({ judge, ask, reached }),
    guard: createSecretGuard({ secrets: () => [], ask }),
    onAsking: (now) => asking.push(now),
    signal: new AbortController().signal,
  });
  return followRedirects(
    { type: "request", id: 1, url, method: "GET", headers: [], body: null, redirect, ...change },
    send,
  );
}
const sent = () => fetchThrough.mock.calls.map(([{ url, method }]) => `${method} ${url}`);

describe("the workflow's list", () => {
  test("refuses a host before the gateway hears of it", async () => {
    judge.mockReturnValue("deny");
    const error = await go("http://api.example:8080/?q=data").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeniedError);
    expect(String(error)).toMatch(
      /api\.example:8080 is not a host that .* Network access in the workflow's header/,
    );
    expect(judge).toHaveBeenCalledExactlyOnceWith("api.example", 8080);
    expect(fetchThrough).not.toHaveBeenCalled();
    expect(reached).not.toHaveBeenCalled();
  });

  test("has the person asked before the gateway hears of a host", async () => {
    const answer = Promise.withResolvers<"allow">();
    ask.mockReturnValue(answer.promise);
    judge.mockReturnValue("ask");
    fetchThrough.mockResolvedValue(answered(200));
    const response = go("https://api.example/");
    await vi.waitFor(() => expect(asking).toEqual([true]));
    expect(ask.mock.calls[0]?.[0]).toMatchObject({ host: "api.example", port: 443, address: null });
    expect(fetchThrough).not.toHaveBeenCalled();
    answer.resolve("allow");
    expect((await response).head.status).toBe(200);
    expect(asking).toEqual([true, false]);
    expect(reached).toHaveBeenCalledExactlyOnceWith("api.example", 443, "public");
  });

  test("ends a redirect at a host that it denies", async () => {
    judge.mockImplementation((host) => (host === "api.example" ? "allow" : "deny"));
    fetchThrough.mockResolvedValue(moved(302, "http://denied.example/?q=data"));
    await expect(go("http://api.example/")).rejects.toThrow(/denied\.example:80/);
    expect(sent()).toEqual(["GET http://api.example/"]);
  });
});

describe("redirects", () => {
  test("are followed as a browser does, each hop judged", async () => {
    fetchThrough
      .mockResolvedValueOnce(moved(307, "/second"))
      .mockResolvedValueOnce(moved(308, "https://other.example/third"))
      .mockResolvedValueOnce(answered(200));
    const body = new TextEncoder().encode("payload").buffer;
    const headers = [["authorization", "Bearer t"]] as const;
    const { head } = await go("https://api.example/first", { method: "POST", body, headers });
    expect(head).toMatchObject({ status: 200, redirected: true });
    expect(judge.mock.calls.map(([host]) => host)).toEqual(["api.example", "api.example", "other.example"]);
    expect(sent()).toEqual([
      "POST https://api.example/first",
      "POST https://api.example/second",
      "POST https://other.example/third",
    ]);
    expect(fetchThrough.mock.calls.map(([, given]) => given)).toEqual([body, body, body]);
    expect(fetchThrough.mock.calls.map(([request]) => request.headers)).toEqual([headers, headers, []]);
    expect(fetchThrough.mock.calls.map(([request]) => request.redirect)).toEqual([
      "manual",
      "manual",
      "manual",
    ]);
  });

  test("into a private network are asked about, also after something was posted", async () => {
    fetchThrough
      .mockResolvedValueOnce(moved(307, "http://[::1]/"))
      .mockResolvedValueOnce({ head: loopback, body: null })
      .mockResolvedValueOnce(answered(200));
    await go("http://api.example/", { method: "POST" });
    expect(ask).toHaveBeenCalledExactlyOnceWith({
      kind: "host",
      host: "::1",
      port: 80,
      address: "::1",
      range: "loopback",
    });
    expect(sent()).toEqual(["POST http://api.example/", "POST http://[::1]/", "POST http://[::1]/"]);
    expect(fetchThrough.mock.calls[2]?.[0].allowed).toEqual(["[::1]:80"]);
    expect(reached.mock.calls).toEqual([
      ["api.example", 80, "public"],
      ["::1", 80, "loopback"],
    ]);
  });

  test.each([
    ["to Runnel itself", "http://localhost:4173/api/fetch", /Runnel itself/],
    ["to a file", "file:///etc/passwd", /not followed/],
    ["in circles", "/again", /more than 20 times/],
  ])("%s fail", async (_name, location, message) => {
    fetchThrough.mockImplementation(async () => moved(302, location));
    await expect(go("http://api.example/")).rejects.toThrow(message);
  });

  test("are handed over where the request says manual, and refused where it says error", async () => {
    fetchThrough.mockImplementation(async () => moved(302, "http://other.example/"));
    expect((await go("http://api.example/", {}, "manual")).head).toMatchObject({
      status: 302,
      redirected: false,
    });
    await expect(go("http://api.example/", {}, "error")).rejects.toThrow(/doesn't allow/);
    expect(judge.mock.calls.map(([host]) => host)).toEqual(["api.example", "api.example"]);
  });
});

test("what the gateway refuses by itself is denied, other failures are not", async () => {
  fetchThrough.mockResolvedValueOnce({
    head: { kind: "error", code: "EACCES", message: "169.254.169.254 is in a range …" },
    body: null,
  });
  await expect(go("http://169.254.169.254/")).rejects.toBeInstanceOf(DeniedError);
  fetchThrough.mockResolvedValueOnce({
    head: { kind: "error", code: "ENOTFOUND", message: "unknown" },
    body: null,
  });
  await expect(go("http://nope.example/")).rejects.not.toBeInstanceOf(DeniedError);
});
