from datetime import date
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

def handler(pd: "pipedream"):
    wb = Workbook()
    ws = wb.active
    ws.title = "Orders"
    ws.append(["SKU", "Price", "Quantity", "On"])
    for line in pd.steps["trigger"]["event"]["body"]["order"]["lines"]:
        ws.append([line["sku"], line["price"], line["quantity"], date(2026, 1, 31)])
    for cell in ws[1]:
        cell.font = Font(bold=True)
    for column in range(1, 5):
        ws.column_dimensions[get_column_letter(column)].width = 14
    ws["B5"] = "=SUM(B2:B4)"
    wb.save("/tmp/orders.xlsx")

    book = load_workbook("/tmp/orders.xlsx")
    rows = list(book["Orders"].iter_rows(min_row=2, max_row=3, values_only=True))
    return {
        "sheets": book.sheetnames,
        "rows": [[sku, price, quantity, on.date().isoformat()] for sku, price, quantity, on in rows],
        "bold": book["Orders"]["A1"].font.bold,
        "formula": book["Orders"]["B5"].value,
    }
