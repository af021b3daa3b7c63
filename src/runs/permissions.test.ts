import { expect, test, vi } from "vitest";
import { type Asking, createPermissions, type PendingQuestion } from "./permissions.ts";

const asks = (host: string): PendingQuestion => ({
  question: { kind: "host", host, port: 80, address: null, range: "public" },
  stepName: "python",
});
const open = (): Asking => ({
  isSettled: () => false,
  subscribe: () => () => {},
  signal: new AbortController().signal,
});

test("one question at a time is on the screen, in the order in which they came", async () => {
  const { store, ask } = createPermissions();
  const answers = [ask(asks("a"), open()), ask(asks("b"), open())];
  await vi.waitFor(() => expect(store.getState().pending).toEqual(asks("a")));
  store.getState().answer("allow");
  await vi.waitFor(() => expect(store.getState().pending).toEqual(asks("b")));
  store.getState().answer("deny");
  expect(await Promise.all(answers)).toEqual(["allow", "deny"]);
  expect(store.getState().pending).toBeNull();
  // There is nothing to answer any more.
  store.getState().answer("allow");
});

test("a stopped run takes its question off the screen, and those that wait behind it never come", async () => {
  const { store, ask } = createPermissions();
  const stopped = new AbortController();
  const asking = { ...open(), signal: stopped.signal };
  const seen: unknown[] = [];
  store.subscribe(({ pending }) => seen.push(pending?.question.host ?? null));
  const answers = [ask(asks("a"), asking), ask(asks("b"), asking), ask(asks("other run"), open())];
  await vi.waitFor(() => expect(store.getState().pending).toEqual(asks("a")));
  stopped.abort();
  await vi.waitFor(() => expect(store.getState().pending).toEqual(asks("other run")));
  store.getState().answer("allow");
  expect(await Promise.all(answers)).toEqual([null, null, "allow"]);
  expect(seen).toEqual(["a", null, "other run", null]);
});

test("a question whose answer is known by now is not put, and goes when it becomes known", async () => {
  const { store, ask } = createPermissions();
  expect(await ask(asks("a"), { ...open(), isSettled: () => true })).toBeNull();
  expect(store.getState().pending).toBeNull();
  let settled = false;
  const listeners = new Set<() => void>();
  const answer = ask(asks("b"), {
    ...open(),
    isSettled: () => settled,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  await vi.waitFor(() => expect(store.getState().pending).toEqual(asks("b")));
  for (const listener of listeners) listener();
  expect(store.getState().pending).toEqual(asks("b"));
  settled = true;
  for (const listener of listeners) listener();
  expect(await answer).toBeNull();
  expect(listeners.size).toBe(0);
});
