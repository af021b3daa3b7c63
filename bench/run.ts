/** `npm run bench`: runs every bench in this folder and prints one table. Ratios are taken within one run: these machines are noisy. */
import { readdirSync } from "node:fs";
import os from "node:os";

/** One line of the table. */
export interface BenchRow {
  readonly name: string;
  readonly median: string;
  readonly ratio?: string;
  readonly note?: string;
}

const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && file !== "run.ts");
console.log(`${os.cpus()[0]?.model ?? "unknown processor"} × ${os.cpus().length}, Node ${process.version}\n`);
console.log("| bench | median | ratio | note |\n|---|---|---|---|");
for (const file of files) {
  const { run } = (await import(`./${file}`)) as { run: () => Promise<BenchRow[]> };
  for (const row of await run())
    console.log(`| ${row.name} | ${row.median} | ${row.ratio ?? ""} | ${row.note ?? ""} |`);
}
