import { expect, test } from "vitest";
import { withoutCredentials } from "./hide-credentials.ts";

const token = "a".repeat(43);
const event = {
  body: { token: "of the body" },
  client_ip: "127.0.0.1",
  headers: {
    Authorization: "Bearer s1",
    cookie: "sid=s2",
    "x-api-key": "s3",
    referer: `http://h/hooks/${token}`,
    accept: "*/*",
  },
  method: "POST",
  path: "/a",
  query: { access_token: "s4", tag: "x" },
  url: `http://127.0.0.1:7411/hooks/${token}/a?access_token=s4&tag=x`,
};

test("an event that leaves in a file has no credentials in its headers and address, nor the address of its workflow", () => {
  const text = withoutCredentials(JSON.stringify(event));
  for (const secret of ["s1", "s2", "s3", "s4", token]) expect(text).not.toContain(secret);
  const left = "left-out-of-the-file";
  expect(JSON.parse(text)).toEqual({
    ...event,
    headers: {
      Authorization: left,
      cookie: left,
      "x-api-key": left,
      referer: `http://h/hooks/${left}`,
      accept: "*/*",
    },
    query: { access_token: left, tag: "x" },
    url: `http://127.0.0.1:7411/hooks/${left}/a?access_token=${left}&tag=x`,
  });
});

test.each(['{"headers": {"authorization": "x"}}', '{"a":1}', "no JSON", "[]"])(
  "%s stays as it is",
  (text) => {
    expect(withoutCredentials(text)).toBe(text);
  },
);
