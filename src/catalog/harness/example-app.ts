import type { App } from "../types.ts";

/** A made-up app for tests: `api.example.com`, one secret field `api_key`, sent as a bearer token. */
export function exampleApp(more: Partial<App> = {}): App {
  return {
    slug: "example",
    name: "Example",
    description: "An app that only tests know.",
    categories: ["Developer Tools"],
    aliases: [],
    authType: "keys",
    weight: 50,
    color: "#336699",
    docsUrl: "https://docs.example.com/",
    hosts: ["api.example.com"],
    fields: [{ name: "api_key", label: "API key", secret: true, optional: false }],
    placements: [{ in: "header", name: "Authorization", value: "Bearer {api_key}" }],
    testRequest: { method: "GET", url: "https://api.example.com/me", success: "Returns you." },
    ...more,
  };
}

/** A field of such an app. */
export function exampleField(name: string, more: Partial<App["fields"][number]> = {}): App["fields"][number] {
  return { name, label: name, secret: false, optional: false, ...more };
}
