import { z } from "zod";
import { appProblems } from "./check.ts";
import type { AppFile } from "./types.ts";

const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be a Python identifier");
const sentence = z.string().min(8);
const headerName = z.string().regex(/^[A-Za-z0-9-]+$/, "must be a header name");
const lines = z.array(z.string().regex(/^[^\n\r\t]*$/, "must be one line, indented with spaces")).min(1);

const field = z.strictObject({
  name: identifier,
  label: z.string().min(2),
  secret: z.boolean(),
  optional: z.boolean(),
  placeholder: z.string().min(1).optional(),
  help: sentence.optional(),
  helpUrl: z.url().optional(),
  default: z.string().min(1).optional(),
});

const placement = z.discriminatedUnion("in", [
  z.strictObject({ in: z.literal("header"), name: headerName, value: z.string() }),
  z.strictObject({ in: z.literal("query"), name: z.string(), value: z.string() }),
  z.strictObject({ in: z.literal("basic"), username: z.string(), password: z.string() }),
  z.strictObject({ in: z.literal("path") }),
  z.strictObject({ in: z.literal("body"), name: z.string(), value: z.string() }),
  z.strictObject({ in: z.literal("code"), scheme: z.string() }),
]);

const testRequest = z.strictObject({
  method: z.enum(["GET", "POST", "CONNECT"]),
  url: z.string(),
  headers: z.record(headerName, z.string()).optional(),
  json: z.unknown().optional(),
  success: sentence,
  okField: identifier.optional(),
});

/** What a file under `apps/` must look like; `appProblems` adds what one property says about another. */
export const appFileSchema: z.ZodType<AppFile> = z
  .strictObject({
    slug: z.string().regex(/^[a-z][a-z0-9_]*$/, "must be lower case letters, digits and underscores"),
    name: z.string().min(1),
    description: z.string().min(20).max(160),
    categories: z.array(z.string().regex(/^[A-Z]/)).min(1),
    aliases: z.array(z.string().min(1)),
    authType: z.enum(["oauth", "keys", "none"]),
    weight: z.number().int().min(0).max(100),
    color: z.string().regex(/^#[0-9a-f]{6}$/i, "must be a colour like #4a154b"),
    icon: z.string().optional(),
    docsUrl: z.url({ protocol: /^https$/ }),
    hosts: z.array(z.string()).min(1),
    fields: z.array(field),
    placements: z.array(placement),
    testRequest,
    python: lines.optional(),
    templates: z.array(z.strictObject({ title: z.string().min(3), python: lines })).optional(),
  })
  .superRefine((app, context) => {
    for (const { path, message } of appProblems(app)) context.addIssue({ code: "custom", path, message });
  });
