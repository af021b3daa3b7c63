import asyncio
import aiohttp

async def fetch_all(urls):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        tasks = [session.post(url, json={"n": i}) for i, url in enumerate(urls)]
        responses = await asyncio.gather(*tasks)
        return [(await response.json())["json"]["n"] for response in responses]

def handler(pd: "pipedream"):
    # The handler itself is no coroutine
    return asyncio.run(fetch_all(["https://echo.example.com/anything"] * 3))
