import { expect, test } from "vitest";
import { resultCodec } from "./record-codecs.ts";

const resultVersion1 = {
  format: "runnel.result",
  version: 1,
  data: {
    id: "w s",
    workflowId: "w",
    stepId: "s",
    status: "success",
    startedAt: 1,
    durationMs: 2,
    logs: [],
    logLinesTotal: 0,
    exportsJson: null,
    inputsJson: null,
    network: [
      {
        id: 1,
        host: "api.example",
        port: 443,
        tls: true,
        state: "closed",
        startedAt: 1,
        durationMs: 2,
        bytesOut: 3,
        bytesIn: 4,
        exchanges: [{ method: "GET", path: "/", status: 200, startedAt: 1, durationMs: 2 }],
        error: null,
      },
    ],
    error: null,
    exitReason: null,
    fingerprint: "f",
    summary: "2 ms",
  },
};

test("a result of version 1 has exchanges without details", () => {
  const read = resultCodec.read(resultVersion1);
  expect(read).toMatchObject({
    kind: "ok",
    value: {
      network: [
        {
          host: "api.example",
          verified: null,
          exchanges: [{ id: 1, method: "GET", status: 200, reason: "", request: null, response: null }],
        },
      ],
    },
  });
});

test("a result of version 2 shows nothing besides text", () => {
  const data = { ...resultVersion1.data, network: [], exportsJson: '{"x":1}' };
  expect(resultCodec.read({ ...resultVersion1, version: 2, data })).toMatchObject({
    kind: "ok",
    value: { exportsJson: '{"x":1}', displays: [] },
  });
});
