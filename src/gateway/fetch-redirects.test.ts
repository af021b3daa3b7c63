// @vitest-environment node
import type http from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { TestGateway } from "./testing/page.ts";
import { startTestGateway } from "./testing/page.ts";
import { recordingServer, type Seen } from "./testing/recording-server.ts";
import { closeServers } from "./testing/servers.ts";

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({
    resolve: async (host) => (host.endsWith(".test") ? "127.0.0.1" : null),
  });
});
afterAll(() => gateway.close());
afterEach(closeServers);

const redirect = (status: number, location: string) => (request: Seen, response: http.ServerResponse) => {
  if (request.url === "/start") response.writeHead(status, { location }).end();
  else response.end(`${request.method} ${request.body}`);
};

describe("a redirect", () => {
  test.each([
    [301, "POST", "GET "],
    [302, "POST", "GET "],
    [303, "POST", "GET "],
    [303, "PUT", "GET "],
    [302, "PUT", "PUT body"],
    [307, "POST", "POST body"],
    [308, "POST", "POST body"],
  ])("%i of %s goes on as: %s", async (status, method, answer) => {
    const { url } = await recordingServer(redirect(status, "/next?x=1"));
    const { head, response } = await gateway.fetch({ url: `${url}/start`, method }, "body");
    expect(await response.text()).toBe(answer);
    expect(head).toMatchObject({ url: `${url}/next?x=1`, redirected: true });
  });

  test("to another origin leaves the credentials behind, to the same one keeps them", async () => {
    const other = await recordingServer((_request, response) => void response.end());
    const same = await recordingServer(redirect(302, "/next"));
    const away = await recordingServer(redirect(302, `${other.url}/`));
    const headers = [
      ["Authorization", "Bearer t"],
      ["Cookie", "c=1"],
      ["X-Kept", "1"],
    ] as const;
    await gateway.fetch({ url: `${same.url}/start`, headers });
    await gateway.fetch({ url: `${away.url}/start`, headers });
    expect(same.seen[1]?.headers).toMatchObject({ authorization: "Bearer t", cookie: "c=1", "x-kept": "1" });
    expect(other.seen[0]?.headers).toMatchObject({ "x-kept": "1" });
    expect(other.seen[0]?.headers).not.toHaveProperty("authorization");
    expect(other.seen[0]?.headers).not.toHaveProperty("cookie");
  });

  test("is handed over where the request says manual, and refused where it says error", async () => {
    const { url } = await recordingServer(redirect(302, "/next"));
    const manual = await gateway.fetch({ url: `${url}/start`, redirect: "manual" });
    expect(manual.head).toMatchObject({ kind: "response", status: 302, redirected: false });
    const refused = await gateway.fetch({ url: `${url}/start`, redirect: "error" });
    expect(refused.head).toMatchObject({ kind: "error", code: "ERR_UNEXPECTED_REDIRECT" });
  });

  test("without end is given up", async () => {
    const { url, seen } = await recordingServer(
      (_request, response) => void response.writeHead(302, { location: "/again" }).end(),
    );
    expect((await gateway.fetch({ url })).head).toMatchObject({ code: "ERR_TOO_MANY_REDIRECTS" });
    expect(seen.length).toBe(21);
  });

  test.each(["file:///etc/passwd", "ftp://host.test/", "javascript:1", "http://", "data:text/plain,x"])(
    "to %s is not followed",
    async (location) => {
      const { url } = await recordingServer(redirect(302, location));
      expect((await gateway.fetch({ url: `${url}/start` })).head).toMatchObject({
        code: expect.stringMatching(/^(EACCES|ERR_INVALID_URL)$/),
      });
    },
  );
});
