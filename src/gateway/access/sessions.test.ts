// @vitest-environment node
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createSessions, SESSION_IDLE, SESSION_LIFE } from "./sessions.ts";

function world() {
  let time = 0;
  return { sessions: createSessions(() => time), pass: (ms: number) => (time += ms) };
}

test("a session is found by its id and by no other", () => {
  const { sessions } = world();
  const { id, session } = sessions.begin();
  expect(id).toMatch(/^[\w-]{43}$/);
  expect(sessions.find(id)).toBe(session);
  for (const wrong of ["", id.slice(1), `${id}A`, id.toLowerCase()]) expect(sessions.find(wrong)).toBeNull();
  expect(sessions.begin().id).not.toBe(id);
});

test("it lasts as long as it is used, but not forever", () => {
  const { sessions, pass } = world();
  const { id } = sessions.begin();
  for (let used = 0; used < SESSION_LIFE - SESSION_IDLE; used += SESSION_IDLE) {
    pass(SESSION_IDLE);
    expect(sessions.find(id)).not.toBeNull();
  }
  pass(SESSION_IDLE + 1);
  expect(sessions.find(id)).toBeNull();
  const second = sessions.begin().id;
  for (let used = 0; used <= SESSION_LIFE; used += SESSION_IDLE / 2) {
    pass(SESSION_IDLE / 2);
    sessions.find(second);
  }
  expect(sessions.find(second)).toBeNull();
});

test("what was held ends with it, also where its time ran out unnoticed; what was released or is over does not", () => {
  const { sessions, pass } = world();
  const { session } = sessions.begin();
  const [held, released] = [new PassThrough(), new PassThrough()];
  session.hold(held);
  session.hold(released);
  session.release(released);
  pass(SESSION_IDLE);
  sessions.sweep();
  expect(held.destroyed).toBe(false);
  pass(1);
  sessions.sweep();
  expect([held.destroyed, released.destroyed]).toEqual([true, false]);
});

test("the longest unused one makes room for the thousand-and-first", () => {
  const { sessions, pass } = world();
  const first = sessions.begin();
  pass(1);
  const others = Array.from({ length: 999 }, () => sessions.begin());
  pass(1);
  expect(sessions.find(first.id)).not.toBeNull();
  sessions.begin();
  expect(sessions.find(first.id)).not.toBeNull();
  expect(others.filter(({ id }) => sessions.find(id) === null)).toHaveLength(1);
});
