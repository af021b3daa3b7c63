import type http from "node:http";
import { bodyText } from "../request-body.ts";

/** Where the last step of each workflow sends what the others exported, under the path's name. */
export function createCollector() {
  const waiting = new Map<string, PromiseWithResolvers<Readonly<Record<string, unknown>>>>();
  const place = (id: string) => {
    const known = waiting.get(id) ?? Promise.withResolvers<Readonly<Record<string, unknown>>>();
    waiting.set(id, known);
    return known;
  };
  return {
    async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
      place((request.url ?? "/").slice(1)).resolve(JSON.parse(await bodyText(request)));
      response.end("kept");
    },
    collected: (id: string) => place(id).promise,
  };
}
