import { describe, expect, test } from "vitest";
import { type Hop, nextHop } from "./redirects.ts";

const hop: Hop<string> = {
  url: new URL("https://a.example/start?x=1"),
  method: "POST",
  headers: [
    ["Authorization", "Bearer t"],
    ["Cookie", "c=1"],
    ["X-Api-Key", "k"],
    ["Content-Type", "text/plain"],
  ],
  body: "posted",
};

const names = (next: ReturnType<typeof nextHop>) =>
  next && "headers" in next ? next.headers.map(([name]) => name) : null;

describe("the next request of a redirect", () => {
  test("is none for other answers, and without a target", () => {
    expect(nextHop(hop, 200, "/x")).toBeNull();
    expect(nextHop(hop, 304, "/x")).toBeNull();
    expect(nextHop(hop, 302, undefined)).toBeNull();
  });

  test.each([
    [301, "POST", "GET"],
    [302, "POST", "GET"],
    [302, "PUT", "PUT"],
    [303, "PUT", "GET"],
    [303, "HEAD", "HEAD"],
    [307, "POST", "POST"],
    [308, "DELETE", "DELETE"],
  ])("after %i, a %s becomes a %s", (status, method, expected) => {
    const next = nextHop({ ...hop, method }, status, "/next");
    expect(next).toMatchObject({ method: expected, url: new URL("https://a.example/next") });
    const keepsBody = expected === method && method !== "HEAD";
    if (keepsBody) expect(next).toMatchObject({ body: "posted" });
    if (expected === "GET") expect(next).toMatchObject({ body: null });
  });

  test("takes credentials along to the same origin only, and the body's headers with the body only", () => {
    expect(names(nextHop(hop, 307, "/next"))).toEqual([
      "Authorization",
      "Cookie",
      "X-Api-Key",
      "Content-Type",
    ]);
    for (const elsewhere of ["https://b.example/", "http://a.example/", "https://a.example:8443/"]) {
      expect(names(nextHop(hop, 307, elsewhere))).toEqual(["X-Api-Key", "Content-Type"]);
    }
    expect(names(nextHop(hop, 303, "/next"))).toEqual(["Authorization", "Cookie", "X-Api-Key"]);
  });

  test("reads the target as UTF-8, relative to where it comes from", () => {
    const latin1 = Buffer.from("../ü").toString("latin1");
    expect(nextHop(hop, 302, latin1)).toMatchObject({ url: new URL("https://a.example/%C3%BC") });
  });

  test("leads nowhere where the target is no address, or one of another scheme", () => {
    expect(nextHop(hop, 302, "http://[")).toMatchObject({ code: "ERR_INVALID_URL" });
    expect(nextHop(hop, 302, "file:///etc/passwd")).toMatchObject({
      code: "EACCES",
      message: expect.stringContaining("file:"),
    });
  });
});
