import os
import smtplib
from email import encoders
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

def handler(pd: "pipedream"):
    msg = MIMEMultipart()
    msg["From"] = "Ada <ada@example.com>"
    msg["To"] = "grace@example.com"
    msg["Subject"] = "Wöchentlicher Bericht"
    msg.attach(MIMEText("<h1>Report</h1>", "html"))
    part = MIMEBase("application", "octet-stream")
    part.set_payload(b"sku;price\nA;1\n")
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment; filename=report.csv")
    msg.attach(part)

    server = smtplib.SMTP("smtp.gmail.com", 587)
    server.starttls()
    server.login("ada@example.com", os.environ["CORPUS_CLIENT_SECRET"])
    refused = server.sendmail(msg["From"], [msg["To"]], msg.as_string())
    server.quit()
    return {"refused": refused}
