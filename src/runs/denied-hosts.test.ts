import { expect, test } from "vitest";
import type { HostQuestion, RunNetwork, StepError } from "../runtime/index.ts";
import { noteDenials } from "./denied-hosts.ts";

const error = (message: string, rest: Partial<StepError> = {}): StepError => ({
  code: "PythonError",
  type: "PermissionError",
  message,
  line: 3,
  column: null,
  traceback: "",
  hint: null,
  ...rest,
});
const question = (host: string, range: HostQuestion["range"]): HostQuestion => ({
  kind: "host",
  host,
  port: 8080,
  address: null,
  range,
});
function network(denies: readonly string[]) {
  const decide = (host: string) => (denies.includes(host) ? "deny" : "allow");
  const inner: RunNetwork = {
    judge: decide,
    ask: async ({ host }) => decide(host),
    reached: () => {},
    secrets: [],
  };
  return noteDenials(inner);
}

function explained(noted: ReturnType<typeof network>, failure: StepError): StepError {
  const outcome = noted.explain({ status: "failed", error: failure });
  if (outcome.status !== "failed") throw new Error("It failed no more.");
  return outcome.error;
}

test("the error that names a host which was denied says which one, with its port where only that was meant", async () => {
  const noted = network(["API.example", "nas.local", "b.example"]);
  noted.judge("API.example", 443);
  await noted.ask(question("nas.local", "private"));
  await noted.ask(question("b.example", "public"));
  const deniedIn = (message: string) => explained(noted, error(message));
  expect(deniedIn("[Errno 13] api.example:443 is denied")).toMatchObject({
    code: "NetworkDenied",
    denied: { host: "api.example", port: 443 },
  });
  expect(deniedIn("nas.local:8080").denied).toEqual({ host: "nas.local", port: 8080 });
  expect(deniedIn("b.example:8080").denied).toEqual({ host: "b.example", port: null });
});

test("also where a library has wrapped it", async () => {
  const noted = network(["a.example"]);
  noted.judge("a.example", null);
  const wrapped = error("Max retries exceeded", {
    type: "requests.exceptions.ConnectionError",
    traceback: "PermissionError: [Errno 13] a.example …\nThe above exception was …",
  });
  expect(explained(noted, wrapped).denied).toEqual({ host: "a.example", port: null });
});

test("not for another error, nor where nothing was denied, whatever the error itself says", () => {
  const noted = network(["a.example"]);
  noted.judge("ok.example", 443);
  expect(explained(noted, error("ok.example")).denied).toBeNull();
  const forged = error("a.example", { denied: { host: "a.example", port: null } });
  expect(explained(noted, forged)).toMatchObject({ code: "PythonError", denied: null });
  noted.judge("a.example", 443);
  expect(explained(noted, error("No such file: /a.txt")).denied).toBeNull();
  expect(explained(noted, error("a.example", { type: "ValueError" })).denied).toBeNull();
});
