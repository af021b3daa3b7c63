import { expect, test } from "vitest";
import { TOKEN_PLACEHOLDER } from "../../gateway/protocol.ts";
import { createGatewayClient, GatewayError } from "./gateway-client.ts";

const origin = "http://runnel.test";

test("a page that another server sent asks that server for nothing, and says what to do", async () => {
  const asked: string[] = [];
  const client = createGatewayClient({
    origin,
    token: TOKEN_PLACEHOLDER,
    fetch: async (url) => {
      asked.push(String(url));
      return new Response("Not found.", { status: 404 });
    },
  });
  await expect(client.packages("simple/six/")).rejects.toThrow(GatewayError);
  await expect(client.signOut()).rejects.toThrow(/another server.*npm start/);
  expect(asked).toEqual([]);
});

test("a gateway that does not answer is told from one that refuses", async () => {
  const request = {
    url: "http://a.example/",
    method: "GET",
    headers: [],
    redirect: "follow",
    allowed: [],
  } as const;
  const answering = (answer: () => Promise<Response>) =>
    createGatewayClient({ origin, token: "t", fetch: answer }).fetchThrough(
      request,
      null,
      new AbortController().signal,
    );
  await expect(answering(() => Promise.reject(new TypeError("Failed to fetch")))).rejects.toThrow(
    /does not answer\. Start it again/,
  );
  await expect(answering(async () => new Response("", { status: 401 }))).rejects.toThrow(/Reload the page/);
  await expect(answering(async () => new Response("", { status: 500 }))).rejects.toThrow(/answered 500/);
});
