import requests
from bs4 import BeautifulSoup
from urllib.parse import urljoin

def handler(pd: "pipedream"):
  url = "https://news.example.com/blog"
  page = requests.get(url, headers={"User-Agent": "Mozilla/5.0"})
  soup = BeautifulSoup(page.content, "html.parser")
  posts = []
  for article in soup.select("article.post"):
    link = article.find("a", href=True)
    tags = [tag.get_text(strip=True) for tag in article.find_all("span", class_="tag")]
    posts.append({"title": link.text.strip(), "url": urljoin(url, link["href"]), "tags": tags})
  print(f"{len(posts)} posts on {soup.title.string}")
  return posts
