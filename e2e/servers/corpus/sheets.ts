import type http from "node:http";
import { bodyText } from "../request-body.ts";

const rows = [
  ["name", "count"],
  ["A", "1"],
  ["B", "2"],
];

/** Google's Sheets API as far as its clients in the corpus go, with one sheet in one spreadsheet. */
export function createSheets(token: string) {
  return async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const send = (status: number, value: unknown) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const body = await bodyText(request);
    if (request.headers.authorization !== `Bearer ${token}`)
      return send(401, { error: { code: 401, message: "Request had invalid authentication credentials." } });
    const { pathname } = new URL(request.url ?? "/", "https://sheets");
    const path = decodeURIComponent(pathname).replace("/v4/spreadsheets/made-up-sheet", "");
    if (path === "")
      return send(200, {
        spreadsheetId: "made-up-sheet",
        properties: { title: "Orders" },
        sheets: [
          {
            properties: {
              sheetId: 0,
              title: "Orders",
              index: 0,
              gridProperties: { rowCount: 3, columnCount: 2 },
            },
          },
        ],
      });
    if (path.endsWith(":append")) {
      const { values } = JSON.parse(body) as { readonly values: readonly unknown[] };
      return send(200, { updates: { updatedRows: values.length, updatedRange: "Orders!A4:B4" } });
    }
    if (path.startsWith("/values"))
      return send(200, { range: "Orders!A1:B3", majorDimension: "ROWS", values: rows });
    return send(404, { error: { code: 404, message: `No ${path}` } });
  };
}
