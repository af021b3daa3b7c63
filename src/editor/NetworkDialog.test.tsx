// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { NetworkDialog } from "./NetworkDialog.tsx";

afterEach(cleanup);

test("names step, host, port and address, and only an answer ends it", () => {
  const answers: string[] = [];
  render(
    <NetworkDialog
      question={{ kind: "host", host: "nas.local", port: 8080, address: "192.168.1.7", range: "private" }}
      stepName="backup"
      onAnswer={(answer) => answers.push(answer)}
    />,
  );
  const dialog = screen.getByRole("dialog", { name: "Allow network access?" });
  for (const part of ["backup", "nas.local:8080", "192.168.1.7", "private network"])
    expect(dialog.textContent).toContain(part);
  fireEvent.keyDown(dialog, { key: "Escape" });
  expect(answers).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Deny" }));
  fireEvent.click(screen.getByRole("button", { name: "Allow" }));
  expect(answers).toEqual(["deny", "allow"]);
});
