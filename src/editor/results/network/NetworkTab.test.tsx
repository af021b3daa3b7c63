// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { ShownConnection } from "../../../runs/index.ts";
import { withClipboard, withLayout } from "../../testing-browser.ts";
import { NetworkTab } from "./NetworkTab.tsx";
import { body, connection, exchange, message } from "./testing.ts";

withLayout({ offsetHeight: 300 });
const copied = withClipboard();
afterEach(cleanup);

const show = (network: readonly ShownConnection[], running = false) =>
  render(<NetworkTab stepName="one" network={network} running={running} />);
const grid = () => screen.getByRole("grid", { name: "Network of one" });
const rows = () => within(grid()).getAllByRole("row").slice(1);
const details = () => screen.queryByRole("group", { name: /^Details of/ });
const active = () => document.getElementById(grid().getAttribute("aria-activedescendant") ?? "")?.textContent;
const press = (key: string, on: Element = grid()) => fireEvent.keyDown(on, { key });
const tab = (name: string) => fireEvent.click(screen.getByRole("tab", { name }));
const button = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

const many = (count: number) => [
  connection(Array.from({ length: count }, (_, index) => exchange({ id: index, path: `/item/${index}` }))),
];

describe("the table", () => {
  test("has a line for each request, or for the connection", () => {
    show([
      connection(),
      connection(
        [
          exchange({
            method: "POST",
            path: "/users",
            status: 404,
            reason: "Not Found",
            response: message([], body("12345")),
          }),
          exchange({ id: 2, path: "/x", status: null, response: null, durationMs: null }),
        ],
        { id: 2, port: 80, tls: false, state: "open" },
      ),
      connection([], { id: 3, state: "failed", tls: false, error: "Refused." }),
    ]);
    expect(rows().map((row) => row.textContent)).toEqual([
      expect.stringMatching(/^TLSapi\.example\.com:443Closed812 B2\.3 kB181 ms$/),
      expect.stringMatching(/^POSThttp:\/\/api\.example\.com\/users404 Not Found0 B5 B3 ms$/),
      expect.stringMatching(/^GEThttp:\/\/api\.example\.com\/xWaiting0 B–$/),
      expect.stringMatching(/^TCPapi\.example\.com:443Refused\.Failed/),
    ]);
  });

  test("says when there is nothing yet, and when there was nothing", () => {
    show([], true);
    expect(screen.getByText(/No connections yet/)).toBeTruthy();
    cleanup();
    show([]);
    expect(screen.getByText(/made no connections/)).toBeTruthy();
  });

  test("is walked by keyboard; the details follow once they are open", () => {
    show(many(30));
    grid().focus();
    press("ArrowDown");
    press("ArrowDown");
    expect(active()).toContain("/item/2");
    press("End");
    expect(active()).toContain("/item/29");
    press("Home");
    expect(details()).toBeNull();
    press("Enter");
    expect(details()?.getAttribute("aria-label")).toBe("Details of GET https://api.example.com/item/0");
    expect(rows()[0]?.getAttribute("aria-selected")).toBe("true");
    press("ArrowDown");
    expect(details()?.getAttribute("aria-label")).toContain("/item/1");
  });

  test("Escape closes the details, wherever the focus is, and gives it back to the table", () => {
    show(many(3));
    fireEvent.click(rows()[1] as HTMLElement);
    const close = screen.getByRole("button", { name: "Close details" });
    close.focus();
    press("Escape", close);
    expect(details()).toBeNull();
    expect(document.activeElement).toBe(grid());
    expect(active()).toContain("/item/1");
  });

  test("of very many lines only those in view are in the document", () => {
    show(many(200));
    expect(rows().length).toBeLessThan(60);
    expect(grid().getAttribute("aria-rowcount")).toBe("201");
  });

  test("many lines can be filtered", () => {
    show(many(5));
    expect(screen.queryByRole("searchbox")).toBeNull();
    cleanup();
    show(many(30));
    const filter = screen.getByRole("searchbox", { name: "Filter requests" });
    fireEvent.change(filter, { target: { value: "item/2" } });
    expect(rows()).toHaveLength(11);
    expect(screen.getByRole("status").textContent).toBe("11 of 30 lines");
    fireEvent.change(filter, { target: { value: "nowhere" } });
    expect(screen.getByText("Nothing matches “nowhere”.")).toBeTruthy();
  });
});

describe("the details", () => {
  const open = (...[change, on]: [Parameters<typeof exchange>[0], Partial<ShownConnection>?]) => {
    show([connection([exchange(change)], on)]);
    fireEvent.click(rows()[0] as HTMLElement);
  };

  test("headers in their order and case, secrets by their names", () => {
    open({
      request: message([["Authorization", "Bearer ⟦slack.$auth.token⟧"]]),
      response: message([
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2"],
      ]),
    });
    const request = screen.getByRole("group", { name: "Request headers" });
    expect(request.textContent).toContain("AuthorizationBearer slack.$auth.token (hidden)");
    const response = screen.getByRole("group", { name: "Response headers" });
    expect(response.textContent).toContain("Set-Cookiea=1Set-Cookieb=2");
  });

  test("JSON is set out, or shown as it came", () => {
    const text = '{"a":[1]}';
    open({ response: message([], body(text, { mediaType: "application/json", size: 7, encoding: "gzip" })) });
    tab("Response");
    const response = screen.getByRole("group", { name: "Response body" });
    expect(response.textContent).toContain("application/json · 7 B, gzip");
    expect(response.querySelector("pre")?.textContent).toBe('{\n  "a": [\n    1\n  ]\n}');
    button("Raw");
    expect(response.querySelector("pre")?.textContent).toBe(text);
    button("Copy body");
    expect(copied).toEqual([text]);
  });

  test("a form as pairs; a cut text says so; a picture; bytes", () => {
    const form = body("a=1+2&b=%C3%BC", { mediaType: "application/x-www-form-urlencoded" });
    open({ request: message([], form), response: message([], body("x", { isCut: true, size: 1_000_000 })) });
    tab("Request");
    expect(screen.getByRole("group", { name: "Request body" }).textContent).toMatch(/a1 2bü$/);
    tab("Response");
    expect(screen.getByText("Only the first 64 KB of 1.0 MB are kept.")).toBeTruthy();
    cleanup();
    open({
      request: message([], body("x", { mediaType: "image/png", content: { kind: "image", base64: "AAAA" } })),
      response: message([], body("xx", { content: { kind: "bytes", latin1: "\0A" } })),
    });
    tab("Request");
    expect(screen.getByRole("img").getAttribute("src")).toBe("data:image/png;base64,AAAA");
    tab("Response");
    expect(screen.getByText(/00 41/)).toBeTruthy();
  });

  test("what is not there says why", () => {
    open({ request: null, response: null });
    expect(screen.getByText(/aren't kept for this result/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Copy as curl" })).toBeNull();
    cleanup();
    open({ status: null, response: null }, { state: "failed", error: "The connection was reset." });
    expect(details()?.textContent).toContain("ErrorThe connection was reset.");
    tab("Response");
    expect(screen.getByText("There was no answer.")).toBeTruthy();
    tab("Request");
    expect(screen.getByText("No body.")).toBeTruthy();
  });

  test("are copied as a curl command, and the URL", () => {
    open({ path: "/a?b=⟦env.KEY⟧" }, { verified: false });
    button("Copy as curl");
    button("Copy URL");
    expect(copied[0]).toMatch(/^curl [\s\S]*-k [\s\S]*'https:\/\/api\.example\.com\/a\?b=⟦env\.KEY⟧'/);
    expect(copied[1]).toBe("https://api.example.com/a?b=⟦env.KEY⟧");
  });

  test("of a connection without requests: its bytes", () => {
    show([connection([], { port: 6379, tls: false, verified: null })]);
    fireEvent.click(rows()[0] as HTMLElement);
    expect(details()?.textContent).toContain("Bytes812 B sent, 2.3 kB received");
    expect(screen.queryByRole("tab")).toBeNull();
  });
});
