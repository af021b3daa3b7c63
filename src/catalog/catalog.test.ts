import { expect, test } from "vitest";
import { appSummaries, findApp, loadApp } from "./index.ts";

test("the index holds 100 apps, and each one's file loads under its slug", async () => {
  expect(appSummaries).toHaveLength(100);
  for (const { slug, name } of appSummaries) {
    const app = await loadApp(slug);
    expect(app).toMatchObject({ slug, name });
    expect(findApp(slug)?.name).toBe(name);
  }
});

test("slugs are unique", () => {
  expect(new Set(appSummaries.map((app) => app.slug)).size).toBe(appSummaries.length);
});

test("an icon where simple-icons has one, else null: letters are drawn", () => {
  expect(findApp("github")?.iconPath).toMatch(/^M\d/);
  expect(findApp("slack")?.iconPath).toBeNull();
});

test("an app that is not there: undefined, and an error that names it", async () => {
  expect(findApp("nowhere")).toBeUndefined();
  await expect(loadApp("nowhere")).rejects.toThrow('no app "nowhere"');
});

test("the Python of a file is joined into one text", async () => {
  const { python } = await loadApp("slack");
  expect(python).toBe(
    [
      "from slack_sdk import WebClient",
      "",
      'def handler(pd: "pipedream"):',
      '  token = pd.inputs["slack"]["$auth"]["oauth_access_token"]',
      "  client = WebClient(token=token)",
      "  response = client.chat_postMessage(channel='#general', text='Hello from Pipedream!')",
      '  pd.export("response", response.data)',
      "",
    ].join("\n"),
  );
});
