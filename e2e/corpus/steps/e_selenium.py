from selenium import webdriver

def handler(pd: "pipedream"):
    options = webdriver.ChromeOptions()
    options.add_argument("--headless")
    driver = webdriver.Chrome(options=options)
    driver.get("https://example.com")
    return driver.title
