import { expect, test } from "vitest";
import type { HookResponse, StepEvent } from "../runtime/index.ts";
import { createRedactor } from "../vault/index.ts";
import { answered } from "./respond.ts";

const redactor = createRedactor([{ name: "slack.$auth.token", value: "xoxb-secret-1" }]);
const event = (body: string, encoding: "text" | "base64" = "text"): StepEvent => ({
  type: "display",
  display: {
    head: {
      kind: "response",
      status: 201,
      headers: [["x-token", "xoxb-secret-1"]],
      encoding,
      returned: false,
      note: null,
    },
    parts: [body],
  },
});

test("fact 26: what a step answers is sent and shown, without secrets in either", () => {
  const sent: HookResponse[] = [];
  const shown = answered(event('{"é":"xoxb-secret-1"}'), redactor, (response) => {
    sent.push(response);
    return "sent";
  });
  const [response] = sent;
  const body = Buffer.from(response?.body ?? "", "base64").toString();
  expect([response?.status, JSON.stringify(response?.headers), body].join()).not.toContain("xoxb-secret");
  expect(body).toContain('{"é":');
  expect(JSON.stringify(shown)).not.toContain("xoxb-secret");
  expect(shown).toMatchObject({ display: { head: { note: expect.stringMatching(/^Sent/) } } });
});

test("fact 26: where no request waits the answer is only shown", () => {
  expect(answered(event("x"), redactor, undefined)).toMatchObject({
    display: { head: { note: "Only shown: no request waits for it." }, parts: ["x"] },
  });
});

test("bytes go out as they are", () => {
  let sent = "";
  answered(event("/wA=", "base64"), redactor, ({ body }) => {
    sent = body;
    return "sent";
  });
  expect(sent).toBe("/wA=");
});

test("any other event is not touched", () => {
  const other: StepEvent = { type: "phase", text: "x" };
  expect(answered(other, redactor, undefined)).toBe(other);
});
