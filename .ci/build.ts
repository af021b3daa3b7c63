/** Builds the product where it is missing or older than its sources: beside the checks, so that the browser tests find it. */
import path from "node:path";
import { buildIfNeeded } from "../src/gateway/build-if-needed.ts";

await buildIfNeeded(path.resolve(import.meta.dirname, ".."), "everything", (line) =>
  process.stdout.write(`${line}\n`),
);
