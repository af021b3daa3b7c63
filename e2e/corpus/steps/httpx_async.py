import asyncio
import httpx

CONCURRENCY = 4

async def fetch(client, semaphore, number):
    async with semaphore:
        response = await client.get("/anything", params={"n": number})
        response.raise_for_status()
        return int(response.json()["args"]["n"])

async def handler(pd: "pipedream"):
    semaphore = asyncio.Semaphore(CONCURRENCY)
    async with httpx.AsyncClient(base_url="https://echo.example.com", timeout=20) as client:
        numbers = await asyncio.gather(*(fetch(client, semaphore, n) for n in range(8)))
    return {"total": sum(numbers)}
