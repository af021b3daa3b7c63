import { expect, test } from "vitest";
import type { StepRequest } from "../../runtime/index.ts";
import { returns } from "../testing-store.ts";
import { browser, given, HOUR, only, settled, suspend, waits, withClock } from "./testing.ts";

withClock();

test("fact 24: requests to the step's urls resume and cancel, also while the step still runs, and once only", async () => {
  const { open, hooks } = browser();
  const answers: Promise<unknown>[] = [];
  const answer = (url: string, body?: unknown) => {
    const sent = hooks.send(url, body).then((it) => it && [it.status, atob(it.body).trim()]);
    answers.push(sent);
    return sent;
  };
  let urls: StepRequest["flow"]["urls"] | undefined;
  const { store, requests, waiting } = await open({
    ask(request, emit) {
      if (urls) return suspend(request, emit);
      urls = request.flow.urls;
      void answer(`${urls.resume_url}x`);
      void answer(urls.resume_url.replace("/resume/", "/cancel/"));
      void answer(urls.resume_url, { ok: 1 }).then(() => answer(urls?.cancel_url ?? ""));
      return suspend(request, emit);
    },
  });
  await store.getState().testWorkflow();
  await settled();
  expect(await Promise.all(answers)).toEqual([
    [404, "There is no such address."],
    [404, "There is no such address."],
    [200, "The run goes on."],
    [410, "This run doesn't wait any more."],
  ]);
  expect(given(requests.at(-1)).ask.$resume_data).toEqual({ ok: 1 });
  expect(await answer(urls?.resume_url ?? "")).toBeNull();

  await store.getState().testStep("id-ask");
  const { address } = only(waiting());
  expect(await answer(`http://gateway/hooks/${address.hook}/resume/${address.resume}?a=1`)).toEqual([
    200,
    "The run goes on.",
  ]);
  await store.getState().testStep("id-ask");
  const last = only(waiting()).address;
  expect(await answer(`http://gateway/hooks/${last.hook}/cancel/${last.cancel}`)).toEqual([
    200,
    "The run is cancelled.",
  ]);
  await settled();
  expect([waiting(), hooks.listening.size]).toEqual([[], 0]);
});

test("fact 25: a request to resume_url runs the step again at once, with the request as callback_request", async () => {
  const { open, hooks } = browser();
  let runs = 0;
  const { store, requests, ran } = await open({
    ask(request, emit) {
      runs += 1;
      return runs > 1
        ? returns("done")(request, emit)
        : waits({ kind: "rerun", ms: HOUR, context: "null", maxRetries: 1 })(request, emit);
    },
  });
  await store.getState().testUpTo("id-ask");
  await hooks.send(requests[1]?.flow.urls.resume_url ?? "", { status: "DONE" });
  await settled();
  expect(ran()).toEqual(["a", "ask", "ask"]);
  expect(requests[2]?.flow.run).toMatchObject({
    runs: 2,
    context: null,
    callback_request: { method: "POST", body: { status: "DONE" } },
  });
});
