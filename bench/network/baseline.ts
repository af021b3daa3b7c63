import type { Page } from "@playwright/test";
import type { Load, Times, Way } from "./times.ts";

/** `fetch` written by hand in a page, through the local proxy route at `origin`. */
export async function fetchThroughProxy(page: Page, origin: string): Promise<Way> {
  await page.goto(origin);
  return {
    name: "fetch through an HTTP proxy route",
    measure: (port: number, load: Load): Promise<Times> =>
      page.evaluate(
        async ({ port: target, count, bytes }) => {
          const ask = async (path: string, init?: RequestInit) => {
            const response = await fetch(`/proxy/${target}${path}`, init);
            return (await response.arrayBuffer()).byteLength;
          };
          const timed = async (work: () => Promise<unknown>) => {
            const start = performance.now();
            await work();
            return performance.now() - start;
          };
          await ask("/small");
          const gets = await timed(async () => {
            for (let index = 0; index < count; index++) await ask("/small");
          });
          const body = new Uint8Array(bytes).fill(122);
          return {
            get: gets / count,
            down: await timed(() => ask(`/big?${bytes}`)),
            up: await timed(() => ask("/up", { method: "POST", body })),
          };
        },
        { port, ...load },
      ),
  };
}
