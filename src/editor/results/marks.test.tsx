// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { withMarks } from "./marks.tsx";

afterEach(cleanup);

test("a hidden secret is drawn by its name", () => {
  const { container } = render(<p>{withMarks("Bearer ⟦slack.$auth.oauth_access_token⟧!")}</p>);
  expect(container.textContent).toBe("Bearer slack.$auth.oauth_access_token (hidden)!");
  expect(container.querySelector("span")?.textContent).toBe("slack.$auth.oauth_access_token");
});

test("other text stays as it is", () => {
  const { container } = render(<p>{withMarks("⟦ not a mark")}</p>);
  expect(container.textContent).toBe("⟦ not a mark");
});
