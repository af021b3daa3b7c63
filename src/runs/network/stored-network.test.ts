import { expect, test } from "vitest";
import { STORED_DETAILS, STORED_EXCHANGES, storedNetwork } from "./stored-network.ts";
import type { ShownConnection, ShownExchange, ShownMessage } from "./types.ts";

function message(text: string): ShownMessage {
  return {
    headers: [["Name", "value"]],
    body: {
      size: text.length,
      state: "complete",
      mediaType: "text/plain",
      charset: "",
      encoding: "",
      content: text === "" ? { kind: "empty" } : { kind: "text", text },
      isCut: false,
    },
  };
}

function exchange(id: number, text: string): ShownExchange {
  return {
    id,
    method: "GET",
    path: "/",
    version: "HTTP/1.1",
    status: 200,
    reason: "OK",
    startedAt: 0,
    firstByteMs: 1,
    durationMs: 2,
    request: message(""),
    response: message(text),
  };
}

function connection(id: number, exchanges: readonly ShownExchange[]): ShownConnection {
  return {
    id,
    host: "api.example",
    port: 443,
    tls: true,
    verified: true,
    state: "closed",
    startedAt: 0,
    durationMs: 1,
    bytesOut: 1,
    bytesIn: 1,
    exchanges,
    error: null,
  };
}

test("what is small is stored as it is", () => {
  const network = [connection(1, [exchange(1, "a"), exchange(2, "b")]), connection(2, [])];
  expect(storedNetwork(network)).toEqual(network);
});

test("of what is large the newest is stored with its bodies, all of it within the cap", () => {
  const large = "x".repeat(STORED_DETAILS / 10);
  const network = [1, 2].map((id) =>
    connection(
      id,
      Array.from({ length: 10 }, (_, index) => exchange(index, large)),
    ),
  );
  const stored = storedNetwork(network);
  const kinds = stored.flatMap(({ exchanges }) => exchanges.map((one) => one.response?.body.content.kind));
  expect(kinds).toEqual([...Array(11).fill("left-out"), ...Array(9).fill("text")]);
  expect(stored[0]?.exchanges[0]?.response).toMatchObject({
    headers: [["Name", "value"]],
    body: { size: large.length },
  });
  expect(JSON.stringify(stored).length).toBeLessThan(STORED_DETAILS + 20_000);
});

test("of very many exchanges the newest are stored, of the others' connections the line", () => {
  const network = Array.from({ length: 40 }, (_, id) =>
    connection(
      id,
      Array.from({ length: 200 }, (_unused, index) => exchange(index, "")),
    ),
  );
  const stored = storedNetwork(network);
  expect(stored).toHaveLength(40);
  expect(stored.flatMap(({ exchanges }) => exchanges)).toHaveLength(STORED_EXCHANGES);
  expect(stored.at(-1)?.exchanges).toHaveLength(200);
  expect(stored[0]?.exchanges).toEqual([]);
});
