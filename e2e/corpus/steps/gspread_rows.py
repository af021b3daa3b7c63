import os
import gspread
from google.oauth2.credentials import Credentials

def handler(pd: "pipedream"):
    gc = gspread.authorize(Credentials(os.environ["CORPUS_GOOGLE_TOKEN"]))
    worksheet = gc.open_by_key("made-up-sheet").sheet1
    records = worksheet.get_all_records()
    worksheet.append_row(["C", 3])
    return records
