import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
import requests

NS = {"media": "http://search.yahoo.com/mrss/"}

def handler(pd: "pipedream"):
    root = ET.fromstring(requests.get("https://news.example.com/feed.xml").content)
    entries = [
        {
            "title": item.findtext("title"),
            "published": parsedate_to_datetime(item.findtext("pubDate")).isoformat(),
            "thumbnail": item.find("media:thumbnail", NS).get("url"),
        }
        for item in root.iter("item")
    ]
    newest = sorted(entries, key=lambda e: e["published"], reverse=True)[0]

    digest = ET.Element("digest", count=str(len(entries)))
    ET.SubElement(digest, "newest").text = newest["title"]
    return {"newest": newest, "xml": ET.tostring(digest, encoding="unicode")}
