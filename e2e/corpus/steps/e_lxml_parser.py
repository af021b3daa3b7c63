import requests
from bs4 import BeautifulSoup

def handler(pd: "pipedream"):
    page = requests.get("https://news.example.com/blog")
    soup = BeautifulSoup(page.text, "lxml")
    return soup.title.text
