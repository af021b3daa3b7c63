// Python without JSPI, in a thread of its own, against local servers through the real gateway.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestPage, type TestPage } from "../../network/testing/page.ts";
import { type BlockingPython, startBlockingPython } from "./testing/blocking-python.ts";
import { compareWithCPython } from "./testing/compare.ts";
import { startServers, type TestServers } from "./testing/servers.ts";

let servers: TestServers;
let page: TestPage;
let python: BlockingPython;

beforeAll(async () => {
  servers = await startServers();
  page = await startTestPage({ extraCa: servers.certificates.authority.cert });
  // Small, so that it fills up time and again.
  python = await startBlockingPython(page.network.socketPort, 16 * 1024);
}, 60_000);
afterAll(async () => {
  await python?.close();
  await page?.close();
  servers?.close();
});
beforeEach(() => {
  page.answer = () => "allow";
  page.questions.length = 0;
});

compareWithCPython(() => ({ python, servers }));

/** Runs a function body as the product runs a step: called from no event loop. `PORTS` are the servers'. */
function run(body: string): Promise<string> {
  const [first = "", ...rest] = body.trim().split("\n");
  const indent = Math.min(...rest.map((line) => line.search(/\S/)));
  const text = [first, ...rest.map((line) => line.slice(indent))].map((line) => `    ${line}`).join("\n");
  const imports = "import asyncio, json, select, socket, ssl, time, urllib.request";
  return python.runSync(
    `${imports}\nPORTS = ${JSON.stringify(servers.ports)}\nSILENT = ("127.0.0.1", PORTS["silent"])\ndef run():\n${text}\n`,
  );
}

test("asyncio.run in synchronous code, in a coroutine's call, and tasks side by side", async () => {
  const told = await run(`
    told = []
    async def tick(name, seconds, times):
        for _ in range(times):
            await asyncio.sleep(seconds)
            told.append(name)
    async def echo(text):
        reader, writer = await asyncio.open_connection("127.0.0.1", PORTS["echo"])
        writer.write(text)
        answer = await reader.readexactly(len(text))
        writer.close()
        return answer.decode()
    async def main():
        ticks = asyncio.create_task(tick("tick", 0, 3))
        answers = await asyncio.gather(echo(b"one"), echo(b"two"))
        await ticks
        task = asyncio.current_task()
        nested = asyncio.run(echo(b"nested"))
        assert asyncio.current_task() is task
        return [*answers, nested]
    return json.dumps([*asyncio.run(main()), *told, *asyncio.get_event_loop().run_until_complete(asyncio.gather(echo(b"three")))])
  `);
  expect(JSON.parse(told)).toEqual(["one", "two", "nested", "tick", "tick", "tick", "three"]);
});

test("timers fire in the order of their times, and not before", async () => {
  const told = await run(`
    async def main():
        loop, told, began = asyncio.get_running_loop(), [], time.monotonic()
        last = loop.create_future()
        loop.call_later(0.06, last.set_result, None)
        loop.call_later(0.04, told.append, "later")
        loop.call_at(loop.time() + 0.02, told.append, "sooner")
        loop.call_later(0.03, told.append, "never").cancel()
        loop.call_soon(told.append, "first")
        loop.call_soon(told.append, "second")
        await last
        assert time.monotonic() - began >= 0.05
        try: await asyncio.wait_for(asyncio.Event().wait(), 0.01)
        except TimeoutError: told.append("timeout")
        return told
    return json.dumps(asyncio.run(main()))
  `);
  expect(JSON.parse(told)).toEqual(["first", "second", "sooner", "later", "timeout"]);
});

test("sleep", async () => {
  const told = await run(`
    began = time.monotonic()
    time.sleep(0.05)
    assert 0.04 <= time.monotonic() - began
    time.sleep(0)
    told = []
    for wrong in (-1, "1", float("nan")):
        try: time.sleep(wrong)
        except (ValueError, TypeError) as error: told.append(repr(error))
    return json.dumps(told)
  `);
  expect(JSON.parse(told)).toEqual([
    "ValueError('sleep length must be non-negative')",
    `TypeError("'str' object cannot be interpreted as an integer or float")`,
    "ValueError('Invalid value NaN (not a number)')",
  ]);
});

test("timeouts stand still while the person is asked", async () => {
  page.answer = () => new Promise((resolve) => setTimeout(() => resolve("allow"), 600));
  const told = await run(`
    socket.create_connection(("127.0.0.1", PORTS["echo"]), timeout=0.3).close()
    with socket.socket() as sock:
        sock.setblocking(False)
        sock.connect_ex(("127.0.0.1", PORTS["echo"]))
        assert select.select([], [sock], [], 0.3)[1]
    async def main():
        reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", PORTS["echo"]), 0.3)
        writer.close()
    asyncio.run(main())
    return "connected"
  `);
  expect(told).toBe("connected");
  expect(page.questions.length).toBeGreaterThan(0);
});

test("pyfetch and promises of JavaScript say what they would need", async () => {
  const told = await run(`
    import js
    from pyodide.ffi import run_sync
    from pyodide.http import pyfetch
    told = []
    for wait in (lambda: asyncio.run(pyfetch("http://127.0.0.1/")), lambda: run_sync(js.Promise.resolve(1))):
        try: wait()
        except RuntimeError as error: told.append(str(error))
    return json.dumps(told)
  `);
  const [fetched, promised] = JSON.parse(told) as string[];
  expect(fetched).toMatch(/pyfetch can't be used in a step in this browser.*JSPI.*urllib/);
  expect(promised).toMatch(/nothing is left.*promise of JavaScript.*JSPI/);
});

describe("an interrupt ends", () => {
  const waits: Readonly<Record<string, string>> = {
    "a blocking recv": "socket.create_connection(SILENT).recv(1)",
    "a recv with a timeout": "socket.create_connection(SILENT, timeout=600).recv(1)",
    "a read of a TLS handshake":
      'ssl.create_default_context().wrap_socket(socket.create_connection(SILENT), server_hostname="localhost")',
    "a select": "select.select([socket.create_connection(SILENT)], [], [])",
    "a sleep": "(socket.create_connection(SILENT), time.sleep(600))",
    asyncio: "(socket.create_connection(SILENT), asyncio.run(asyncio.sleep(600)))",
    "a busy loop": "(socket.create_connection(SILENT), spin())",
    "a busy event loop": "(socket.create_connection(SILENT), asyncio.run(busy()))",
  };

  test.each(Object.entries(waits))("%s", async (_, wait) => {
    const known = page.records().length;
    const result = run(`
      def spin():
          while True: pass
      async def busy():
          while True: await asyncio.sleep(0)
      try: ${wait}
      except (KeyboardInterrupt, asyncio.CancelledError): return "interrupted"
    `);
    await expect.poll(() => page.records().slice(known).at(-1)?.state).toBe("open");
    python.interrupt();
    expect(await result).toBe("interrupted");
    // And nothing of it is left for the next step.
    expect(await run("return str(sum(range(100_000)))")).toBe("4999950000");
  });

  test("a look-up that waits for a person", async () => {
    page.answer = () => new Promise(() => {});
    const result = run(`
      try: socket.create_connection(("127.0.0.1", PORTS["echo"]))
      except KeyboardInterrupt: return "interrupted"
    `);
    await expect.poll(() => page.questions.length).toBe(1);
    python.interrupt();
    expect(await result).toBe("interrupted");
  });

  test("a coroutine, whose finally runs", async () => {
    const known = page.records().length;
    const result = run(`
      told = []
      async def main():
          reader, writer = await asyncio.open_connection(*SILENT)
          try: await reader.read()
          finally: told.append("cleaned up")
      try: asyncio.run(main())
      except asyncio.CancelledError: return told[0]
    `);
    await expect.poll(() => page.records().slice(known).at(-1)?.state).toBe("open");
    python.interrupt();
    expect(await result).toBe("cleaned up");
  });
});

test("a gateway that goes away is a ConnectionError in words, now and at the next connection", async () => {
  const known = page.records().length;
  const result = run(`
    told = []
    sock = socket.create_connection(SILENT)
    async def read():
        reader, writer = await asyncio.open_connection(*SILENT)
        await reader.read(1)
    for wait in (lambda: sock.recv(1), lambda: socket.create_connection(SILENT), lambda: asyncio.run(read())):
        try: told.append(repr(wait()))
        except ConnectionError as error: told.append(str(error))
    return json.dumps(told)
  `);
  await expect.poll(() => page.records().slice(known).at(-1)?.state).toBe("open");
  await page.gateway.close();
  for (const words of JSON.parse(await result) as string[])
    expect(words).toMatch(/gateway is gone.*npm start/);
}, 20_000);
