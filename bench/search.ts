import { createAppSearch } from "../src/catalog/search/search.ts";
import type { AppSummary } from "../src/catalog/types.ts";
import { randomFrom } from "./lib/random.ts";
import type { BenchRow } from "./run.ts";

const APPS = 3_000;
const ROUNDS = 30;
/** Typed letter by letter: hits of every rank, typos, several words, and a miss. */
const TYPED = ["slack", "slakc", "google sheets", "gs", "chatgpt", "email", "crm contacts", "qwertzuiop"];

/** Time of one keystroke of the app search in a catalogue of 3,000 apps, beside a plain filter over the same texts. */
export async function run(): Promise<BenchRow[]> {
  const apps = generateApps(APPS);
  const search = createAppSearch(apps);
  const texts = apps.map((app) =>
    [app.name, app.slug, ...app.aliases, ...app.categories, app.description].join(" ").toLowerCase(),
  );
  const keystrokes = TYPED.flatMap((text) => Array.from(text, (_, index) => text.slice(0, index + 1)));

  const ours: number[] = [];
  const plain: number[] = [];
  const byQuery = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const typed of keystrokes) {
      const time = milliseconds(() => search(typed));
      ours.push(time);
      byQuery.set(typed, [...(byQuery.get(typed) ?? []), time]);
      plain.push(milliseconds(() => texts.filter((text) => text.includes(typed))));
    }
  }
  const median = quantile(ours, 0.5);
  const medians = [...byQuery].map(([typed, times]) => ({ typed, median: quantile(times, 0.5) }));
  const worst = medians.reduce((a, b) => (a.median > b.median ? a : b));
  return [
    {
      name: `App search, one keystroke, ${APPS.toLocaleString("en")} apps`,
      median: `${median.toFixed(2)} ms`,
      ratio: `${(median / quantile(plain, 0.5)).toFixed(1)}× a String.includes filter`,
      note: `slowest query "${worst.typed}" ${worst.median.toFixed(2)} ms; budget 5 ms`,
    },
  ];
}

function milliseconds(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** A catalogue of made-up apps, the same one every time, with names and texts as long as real ones. */
function generateApps(count: number): AppSummary[] {
  const random = randomFrom(2026);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  const syllables =
    "sla zen do mai goo hub flow ti ca ser pay ver no li ra mo air cru sta bo qua pix lo gra".split(" ");
  const nouns = "Sheets Mail Calendar CRM Forms Cloud Desk Chat Pay Sign Metrics Contacts Bot Studio".split(
    " ",
  );
  const words =
    "send read manage track contacts invoices messages files teams customers reports events".split(" ");
  const categories = ["Email", "CRM", "Payments", "Databases", "Marketing", "Communication", "Storage"];
  return Array.from({ length: count }, (_, index) => {
    const brand = Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(syllables)).join("");
    const capital = brand.charAt(0).toUpperCase() + brand.slice(1);
    const name = random() < 0.5 ? capital : `${capital} ${pick(nouns)}`;
    return {
      slug: `${name.toLowerCase().replaceAll(" ", "_")}_${index}`,
      name,
      description: `${Array.from({ length: 12 }, () => pick(words)).join(" ")}.`,
      categories: [pick(categories), pick(categories)],
      aliases: random() < 0.3 ? [`${pick(syllables)}${pick(syllables)}`] : [],
      authType: "keys",
      weight: Math.floor(random() * 100),
      color: "#336699",
      iconPath: null,
    };
  });
}
