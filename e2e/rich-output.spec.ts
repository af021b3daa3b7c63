/** What a step shows besides text: tables, images, HTML; and trees of megabytes. */
import { downloadedText } from "./pages/download.ts";
import { expect, test } from "./product.ts";

const secret = "made-up-secret-4711";

/** A data frame as far as it is looked into: pandas itself has no build for the browser in every index. */
const frame = `import os
import struct
import zlib

class Column(list):
    def tolist(self):
        return list(self)

class Frame:
    itertuples = None
    def __init__(self, columns):
        self._columns = columns
        self.columns, self.index = list(columns), range(len(self))
        self.dtypes = ["int64" if type(values[0]) is int else "object" for values in columns.values()]
    def __len__(self):
        return len(next(iter(self._columns.values())))
    @property
    def iloc(self):
        return self
    def __getitem__(self, key):
        if isinstance(key, slice):
            return Frame({name: values[key] for name, values in self._columns.items()})
        return Column(list(self._columns.values())[key[1]])

class Html:
    def __init__(self, html):
        self.html = html
    def _repr_html_(self):
        return self.html

def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\\0" + b"\\x30\\xa0\\x90" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
`;

test("a table, an image, HTML and values show below the step, and still do after a reload", async ({
  runnel,
  page,
  web,
}) => {
  await runnel.open();
  await (await runnel.goToEnvironment()).add("MADE_UP", secret);
  const leaks = `<img src="${web.url}/bytes?count=1"><link rel="stylesheet" href="${web.url}/echo"><style>b{background:url(${web.url}/chunks)}</style><a href="${web.url}/form">a link</a><script>document.title="ran"</script>`;
  const { builder, step } = await runnel.newStep(`${frame}
def handler(pd: "pipedream"):
    print("made")
    display(png(120, 80), Html('<b id="x">shown as HTML</b>${leaks}'), {"deep": [{"secret": os.environ["MADE_UP"]}]})
    return Frame({"n": list(range(2500)), "name": [f"row {n % 7}" for n in range(2499)] + [os.environ["MADE_UP"]]})
`);
  const later = await builder.addCode(
    "python",
    "python_2",
    `def handler(pd: "pipedream"):
    rows = pd.steps["python"]["$return_value"]
    print("given", len(rows), rows[-1])
`,
  );
  await builder.testWorkflow();
  await later.expectStatus("Success");
  await later.expectLog("given 2500 {'n': 2499, 'name': 'env.MADE_UP (hidden)'}");
  const output = step.root.getByRole("tabpanel", { name: "Output" });
  const table = output.getByRole("table", { name: /^Table 4/ });
  const firstRow = table.getByRole("row").nth(1);

  await test.step("the tab opens by itself, the table sorts over all of its rows", async () => {
    await expect(table.getByRole("row").nth(1)).toHaveText("0" + "0" + "row 0");
    await expect(output.getByText("1,000 of 2,500 rows × 2 columns")).toBeVisible();
    const name = table.getByRole("columnheader", { name: "name" });
    const number = table.getByRole("columnheader", { name: "n", exact: true });
    await name.getByRole("button").click();
    await expect(name).toHaveAttribute("aria-sort", "ascending");
    await expect(output.getByText("2,500 rows × 2 columns", { exact: true })).toBeVisible();
    await number.getByRole("button").click();
    await number.getByRole("button").click();
    await expect(number).toHaveAttribute("aria-sort", "descending");
    await expect(firstRow).toHaveText("2499" + "2499" + "env.MADE_UP (hidden)");
    const csv = await downloadedText(page, () =>
      output.getByRole("button", { name: "Download CSV" }).click(),
    );
    expect(csv.split("\r\n")).toHaveLength(2502);
    expect(csv).toContain("\r\n2499,⟦env.MADE_UP⟧\r\n");
  });

  await test.step("the image has its size, the tree masks its secret", async () => {
    const image = output.getByRole("img", { name: /^Image 1/ });
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(120);
    await output.getByRole("treeitem", { name: /^deep/ }).click();
    await output.getByRole("treeitem", { name: /^0/ }).click();
    await expect(output.getByRole("treeitem", { name: /^secret/ })).toContainText("env.MADE_UP (hidden)");
  });

  await test.step("HTML shows, and nothing in it reaches anything", async () => {
    const html = page.frameLocator('iframe[title^="HTML 2"]');
    await expect(html.getByText("shown as HTML")).toBeVisible();
    await html.getByText("a link").click();
    await expect(html.getByText("shown as HTML")).toBeVisible();
    await expect(page).not.toHaveTitle("ran");
    expect(web.requests).toEqual([]);
  });

  await test.step("all of it is there after a reload", async () => {
    await builder.expectSaved();
    await page.reload();
    await expect(firstRow).toHaveText("0" + "0" + "row 0");
    await expect(output.getByRole("img", { name: /^Image 1/ })).toBeVisible();
    await expect(page.frameLocator('iframe[title^="HTML 2"]').getByText("shown as HTML")).toBeVisible();
    expect(web.requests).toEqual([]);
  });
});
