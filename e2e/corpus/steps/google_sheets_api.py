import os
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build

def handler(pd: "pipedream"):
    token = os.environ["CORPUS_GOOGLE_TOKEN"]
    service = build("sheets", "v4", credentials=Credentials(token))
    sheet = service.spreadsheets()
    found = sheet.values().get(spreadsheetId="made-up-sheet", range="Orders!A1:B3").execute()
    body = {"values": [["total", sum(int(row[1]) for row in found["values"][1:])]]}
    appended = sheet.values().append(
        spreadsheetId="made-up-sheet", range="Orders!A:B", valueInputOption="RAW", body=body
    ).execute()
    return {"rows": found["values"], "updated": appended["updates"]["updatedRows"]}
