import { createHash } from "node:crypto";

/** The values of the app's tokens (src/ui/tokens.css): this page works where none of the app's files is served. */
const style = `
:root {
  color-scheme: light dark;
  --bg: light-dark(oklch(98.4% 0.003 200), oklch(17.5% 0.008 220));
  --panel: light-dark(oklch(100% 0 0), oklch(21.5% 0.009 220));
  --line: light-dark(oklch(91.5% 0.006 200), oklch(28.5% 0.01 220));
  --line-strong: light-dark(oklch(85% 0.008 200), oklch(36% 0.012 220));
  --text: light-dark(oklch(25% 0.015 220), oklch(94% 0.005 200));
  --muted: light-dark(oklch(48% 0.015 220), oklch(72% 0.01 210));
  --accent: light-dark(oklch(52% 0.1 185), oklch(74% 0.11 185));
  --accent-hover: light-dark(oklch(47% 0.095 185), oklch(79% 0.11 185));
  --on-accent: light-dark(#fff, oklch(18% 0.02 200));
  --bad: light-dark(oklch(54% 0.19 25), oklch(72% 0.15 25));
  --bad-soft: light-dark(oklch(96.3% 0.02 25), oklch(28% 0.05 25));
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 20px;
  background: var(--bg); color: var(--text);
  font: 14px/1.5 "Inter Variable", Inter, system-ui, sans-serif;
}
main {
  width: 100%; max-width: 360px; padding: 28px; background: var(--panel);
  border: 1px solid var(--line); border-radius: 16px;
  box-shadow: 0 1px 2px light-dark(oklch(0% 0 0 / 0.05), oklch(0% 0 0 / 0.4)), 0 4px 16px light-dark(oklch(0% 0 0 / 0.04), oklch(0% 0 0 / 0.25));
}
.logo { display: flex; gap: 8px; align-items: center; font-weight: 680; letter-spacing: -0.02em; }
.logo i { width: 18px; height: 18px; border-radius: 6px; background: conic-gradient(from 210deg, var(--accent), oklch(70% 0.12 230), var(--accent)); }
h1 { margin: 20px 0 4px; font-size: 20px; font-weight: 640; letter-spacing: -0.015em; }
p { margin: 0 0 18px; color: var(--muted); }
label { display: block; margin-bottom: 6px; font-weight: 560; }
input, button { width: 100%; height: 38px; padding: 0 12px; border-radius: 8px; font: inherit; }
input { border: 1px solid var(--line-strong); background: var(--bg); color: var(--text); }
button { margin-top: 14px; border: 0; background: var(--accent); color: var(--on-accent); font-weight: 600; cursor: pointer; }
button:hover { background: var(--accent-hover); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role="alert"] { margin: 0 0 14px; padding: 9px 12px; border-radius: 8px; background: var(--bad-soft); color: var(--bad); }
`;

/** What the sign-in page may do: show itself and send its form. */
export const signInPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "img-src data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page that asks for the password. `to`: where to go then, a path; `problem`: what was wrong the last time. */
export function signInPage(to: string, problem: string | null): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
    <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#15191b">
    <link rel="icon" href="data:,">
    <title>Sign in to Runnel</title>
    <style>${style}</style>
  </head>
  <body>
    <main>
      <div class="logo"><i aria-hidden="true"></i>Runnel</div>
      <h1>Sign in</h1>
      <p>This Runnel asks for the access password that it was started with.</p>
      <form method="post" action="/sign-in">
        ${problem === null ? "" : `<div role="alert" id="problem">${escaped(problem)}</div>`}
        <input type="hidden" name="to" value="${escaped(to)}">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required autofocus${
          problem === null ? "" : ' aria-invalid="true" aria-describedby="problem"'
        }>
        <button type="submit">Sign in</button>
      </form>
    </main>
  </body>
</html>
`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
