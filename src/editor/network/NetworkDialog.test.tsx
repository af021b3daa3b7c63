// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PendingQuestion } from "../../runs/index.ts";
import { NetworkDialog } from "./NetworkDialog.tsx";

type Question = PendingQuestion["question"];

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const nas: Question = {
  kind: "host",
  host: "nas.local",
  port: 8080,
  address: "192.168.1.7",
  range: "private",
};
const token: Question = {
  kind: "secret",
  host: "api.example.com",
  port: 443,
  secret: "slack.$auth.oauth_access_token",
  account: "Acme workspace",
  place: "header",
};

function ask(question: Question) {
  const answers: string[] = [];
  const show = (shown: Question) => (
    <NetworkDialog question={shown} stepName="backup" onAnswer={(answer) => answers.push(answer)} />
  );
  const { rerender } = render(show(question));
  return { answers, next: (other: Question) => rerender(show(other)) };
}

const hostDialog = () => screen.getByRole("dialog", { name: "Allow network access?" });
const button = (name: string) => screen.getByRole("button", { name });
const textOf = (question: Question) => {
  ask(question);
  const text = hostDialog().textContent;
  cleanup();
  return text;
};

describe("Allow network access?", () => {
  test("names step, host, port and address, and only an answer ends it", () => {
    const { answers } = ask(nas);
    for (const part of ["backup", "nas.local:8080", "192.168.1.7", "private network"])
      expect(hostDialog().textContent).toContain(part);
    fireEvent.keyDown(hostDialog(), { key: "Escape" });
    expect(answers).toEqual([]);
    fireEvent.click(button("Deny"));
    fireEvent.click(button("Allow"));
    fireEvent.click(button("Stop the run"));
    expect(answers).toEqual(["deny", "allow", "stop"]);
  });

  test("the focus is on the refusal, for the next question as well", async () => {
    const { next } = ask(nas);
    await waitFor(() => expect(document.activeElement).toBe(button("Deny")));
    button("Allow").focus();
    next({ ...nas, port: 22 });
    await waitFor(() => expect(document.activeElement).toBe(button("Deny")));
  });

  test("a click that was meant for what stood there before doesn't allow; keys and later clicks do", () => {
    vi.useFakeTimers();
    const { answers, next } = ask(nas);
    const click = (name: string) => fireEvent.click(button(name), { detail: 1 });
    click("Allow");
    expect(answers).toEqual([]);
    act(() => vi.advanceTimersByTime(1000));
    click("Allow");
    expect(answers).toEqual(["allow"]);
    next({ ...nas, port: 22 });
    click("Allow");
    expect(answers).toEqual(["allow"]);
    click("Deny");
    expect(answers).toEqual(["allow", "deny"]);
  });

  test("a public host: why an imported workflow asks, and what Allow covers", () => {
    const question: Question = { ...nas, host: "api.example.com", port: 443, address: null, range: "public" };
    const text = textOf(question);
    for (const part of ["connect to api.example.com:443", "isn't trusted", "imported", "all ports"])
      expect(text).toContain(part);
    expect(textOf({ ...question, port: null })).toMatch(/look up api\.example\.com[^:].*tells it to others/);
  });

  test("a name of the internet that leads home is warned of, a name of the own network is not", () => {
    const rebound: Question = { ...nas, host: "api.example.com", address: "127.0.0.1", range: "loopback" };
    expect(textOf(rebound)).toMatch(/127\.0\.0\.1.*this computer.*known trick/);
    for (const host of ["nas.local", "printer", "localhost", "192.168.1.7", "::1", "db.internal"])
      expect(textOf({ ...nas, host }), host).not.toContain("trick");
  });

  test("a name can't pose as another", () => {
    expect(textOf({ ...nas, host: "moc.kcals\u202e", address: null })).toContain("moc.kcals\\u{202e}:8080");
  });
});

describe("Send a secret?", () => {
  test("names the secret, its account, where it would go, and where it stands", () => {
    ask(token);
    const text = screen.getByRole("dialog", { name: "Send a secret?" }).textContent;
    for (const part of ["slack.$auth.oauth_access_token", "Acme workspace", "api.example.com:443", "header"])
      expect(text).toContain(part);
    expect(text).toContain("none of Slack's hosts");
  });

  test("Don't send has the focus; Escape answers nothing", async () => {
    const { answers } = ask(token);
    await waitFor(() => expect(document.activeElement).toBe(button("Don't send")));
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
    expect(answers).toEqual([]);
    expect(screen.getByRole("dialog", { name: "Send a secret?" })).toBeTruthy();
    for (const name of ["Don't send", "Send once", "Always send there"]) fireEvent.click(button(name));
    expect(answers).toEqual(["deny", "allow-once", "allow"]);
  });

  test("a click right away sends nothing", () => {
    const { answers } = ask(token);
    for (const name of ["Send once", "Always send there"]) fireEvent.click(button(name), { detail: 1 });
    expect(answers).toEqual([]);
  });
});
