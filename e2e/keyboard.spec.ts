import { paste } from "./pages/code-box.ts";
import { expect, packages, test, tokens } from "./product.ts";

test("the main job with the keyboard only", packages, async ({ runnel, page, slack }) => {
  const { keyboard } = page;
  /** Tab until this has the focus, as somebody without a mouse does. */
  const tabTo = async (role: "button" | "combobox" | "textbox" | "tab", name: string | RegExp) => {
    const target = page.getByRole(role, { name, exact: typeof name === "string" });
    for (let presses = 0; presses < 60; presses++) {
      if (
        (await target.count()) === 1 &&
        (await target.evaluate((element) => element === document.activeElement))
      ) {
        return target;
      }
      await keyboard.press("Tab");
    }
    throw new Error(`No ${role} "${name}" within 60 presses of Tab.`);
  };

  await runnel.open();
  await tabTo("button", "New workflow");
  await keyboard.press("Enter");
  await tabTo("button", "Add a step after trigger");
  await keyboard.press("Enter");
  const search = page
    .getByRole("dialog", { name: "Add a step" })
    .getByRole("combobox", { name: "Search apps" });
  await expect(search).toBeFocused();

  // Escape closes, and the focus is back on the +.
  await keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Add a step after trigger" })).toBeFocused();
  await keyboard.press("Enter");

  await expect(search).toBeFocused();
  await keyboard.type("sla");
  await expect(page.getByRole("option").first()).toHaveAccessibleName("Slack");
  await keyboard.press("Enter");
  await expect(page.getByRole("option", { name: "Run Python with any Slack API" })).toBeVisible();
  // Escape steps back to the apps, Enter forward again.
  await keyboard.press("Escape");
  await expect(page.getByRole("option", { name: "Slack", exact: true })).toBeVisible();
  await keyboard.press("Enter");
  await expect(page.getByRole("option").first()).toHaveAccessibleName("Run Python with any Slack API");
  await keyboard.press("Enter");

  const card = page.getByRole("article", { name: "python_slack" });
  await expect(card).toBeFocused();
  await tabTo("button", "Connect Slack");
  await keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Connect Slack" });
  // The account has a name already: the focus is where the token goes.
  await expect(dialog.getByLabel("oauth_access_token", { exact: true })).toBeFocused();
  await paste(page, tokens.acme);
  await keyboard.press("Enter");
  await expect(dialog).toBeHidden();

  const code = card.locator("textarea.inputarea");
  await tabTo("textbox", /^Code of python_slack/);
  await expect(code).toBeFocused();
  await keyboard.press("ControlOrMeta+a");
  await paste(
    page,
    `from slack_sdk import WebClient

def handler(pd: "pipedream"):
    client = WebClient(token=pd.inputs["slack"]["$auth"]["oauth_access_token"], base_url="${slack.baseUrl}")
    print("sent", client.chat_postMessage(channel="#general", text="By keyboard")["message"]["text"])
`,
  );
  // Escape leaves the editor, Tab goes on to Test.
  await keyboard.press("Escape");
  await expect(card).toBeFocused();
  await tabTo("button", "Test");
  await keyboard.press("Enter");
  const question = page.getByRole("dialog", { name: "Allow network access?" });
  await expect(question).toBeVisible({ timeout: 60_000 });
  await tabTo("button", "Allow");
  await keyboard.press("Enter");
  await expect(question).toBeHidden();
  // The server on this computer is none of Slack's hosts.
  const secret = page.getByRole("dialog", { name: "Send a secret?" });
  await expect(secret.getByRole("button", { name: "Don't send" })).toBeFocused();
  await tabTo("button", "Send once");
  await keyboard.press("Enter");
  await expect(secret).toBeHidden();
  await expect(card.getByRole("log")).toContainText("sent By keyboard");
  expect(slack.calls).toHaveLength(1);

  // The tabs by arrows.
  await tabTo("tab", /^Logs/);
  await keyboard.press("ArrowRight");
  await expect(card.getByRole("tab", { name: "Exports" })).toHaveAttribute("aria-selected", "true");
  await keyboard.press("ArrowRight");
  await expect(card.getByRole("tabpanel", { name: "Network" })).toContainText("chat.postMessage");
});
