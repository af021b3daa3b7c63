import { expect, test } from "vitest";
import type { HostQuestion, NetworkAnswer, RunNetwork } from "../protocol.ts";
import { permittedNetwork } from "./permitted-network.ts";

const question: HostQuestion = { kind: "host", host: "a", port: 1, address: null, range: "public" };

/** What the time limit of a step is told, when its run answers so. */
function start(ask: RunNetwork["ask"]) {
  const told: string[] = [];
  const limit = {
    start() {},
    cancel() {},
    hold: () => void told.push("hold"),
    resume: () => void told.push("resume"),
  };
  const run: RunNetwork = { judge: () => "ask", ask, reached() {}, secrets: [] };
  const network = permittedNetwork(
    () => ({ limit }),
    () => run,
  );
  return { told, network };
}

test("a step's time limit stands still until the person has answered", async () => {
  const answer = Promise.withResolvers<NetworkAnswer>();
  const { told, network } = start(() => answer.promise);
  const asked = network.ask(question);
  expect(told).toEqual(["hold"]);
  answer.resolve("allow");
  expect(await asked).toBe("allow");
  expect(told).toEqual(["hold", "resume"]);
});

test("its time runs on where nobody could be asked", async () => {
  const { told, network } = start(() => Promise.reject(new Error("The page is gone.")));
  await expect(network.ask(question)).rejects.toThrow("The page is gone.");
  expect(told).toEqual(["hold", "resume"]);
});
