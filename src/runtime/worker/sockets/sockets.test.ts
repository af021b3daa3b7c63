// Boots the real Pyodide in this process and lets it talk to local servers through the real gateway.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestPage, type TestPage } from "../../network/testing/page.ts";
import { makeFetch } from "../fetch-tunnel.ts";
import { compareWithCPython } from "./testing/compare.ts";
import { startTestPython, type TestPython } from "./testing/python.ts";
import { startServers, type TestServers } from "./testing/servers.ts";

let servers: TestServers;
let page: TestPage;
let python: TestPython;

beforeAll(async () => {
  servers = await startServers();
  page = await startTestPage({ extraCa: servers.certificates.authority.cert });
  Object.assign(globalThis, { abortAll: () => python.network.abortAll() });
  python = await startTestPython(
    page.network.socketPort,
    makeFetch(page.network.fetchPort, () => undefined),
  );
}, 60_000);
afterAll(async () => {
  await page?.close();
  servers?.close();
});
beforeEach(() => {
  page.answer = () => "allow";
  page.judge = () => "allow";
  page.questions.length = 0;
});

/** Runs a function body in the sandbox; `PORTS` are the servers'. */
function run(body: string): Promise<string> {
  const lines = body.trim().split("\n");
  const indent = /^\s*/.exec(lines[1] ?? "")?.[0].length ?? 0;
  const text = lines.map((line, index) => `    ${index === 0 ? line : line.slice(indent)}`).join("\n");
  const imports = "import asyncio, js, json, select, socket, ssl, time, urllib.request";
  const kind = /\bawait\b/.test(body) ? "async def" : "def";
  return python.run(`${imports}\nPORTS = ${JSON.stringify(servers.ports)}\n${kind} run():\n${text}\n`);
}

compareWithCPython(() => ({ python, servers }));

describe("permission", () => {
  test("denied: PermissionError names the target and what to do", async () => {
    page.answer = () => "deny";
    const told = await run(`
      told = []
      for connect in (
          lambda: socket.create_connection(("127.0.0.1", PORTS["echo"]), timeout=5),
          lambda: urllib.request.urlopen(f"http://localhost:{PORTS['http']}/"),
      ):
          try: connect()
          except OSError as error: told.append([repr(getattr(error, "reason", error)), (getattr(error, "reason", error)).errno])
      try: await asyncio.open_connection("127.0.0.1", PORTS["echo"])
      except PermissionError as error: told.append([repr(error), error.errno])
      return json.dumps(told)
    `);
    const [first, second, third] = JSON.parse(told) as [string, number][];
    expect(first?.[0]).toMatch(new RegExp(`^PermissionError.*127\\.0\\.0\\.1:${servers.ports.echo} .*Allow`));
    expect(second?.[0]).toMatch(new RegExp(`^PermissionError.*localhost:${servers.ports.http} .*Allow`));
    expect(third?.[0]).toMatch(/^PermissionError.*Allow/);
  });

  test("timeouts stand still while the person is asked", async () => {
    page.answer = () => new Promise((resolve) => setTimeout(() => resolve("allow"), 600));
    const told = await run(`
      socket.create_connection(("127.0.0.1", PORTS["echo"]), timeout=0.3).close()
      with socket.socket() as sock:
          sock.setblocking(False)
          sock.connect_ex(("127.0.0.1", PORTS["echo"]))
          assert select.select([], [sock], [], 0.3)[1]
      reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", PORTS["echo"]), 0.3)
      writer.close()
      return "connected"
    `);
    expect(told).toBe("connected");
    expect(page.questions).toHaveLength(3);
  });

  test("addresses that are never allowed are not asked about", async () => {
    const told = await run(`
      try: urllib.request.urlopen("http://169.254.169.254/latest/meta-data/", timeout=5)
      except OSError as error: return repr(error.reason)
    `);
    expect(told).toMatch(/^PermissionError.*169\.254\.169\.254/);
    expect(page.questions).toHaveLength(0);
  });
});

test("one host is never taken for another, however many names there are", async () => {
  const told = await run(`
    from runnel.net import names
    addresses = {names.stand_in(f"host{i}.example") for i in range(1000)}
    assert names.stand_in("host7.example") in addresses
    return str(len(addresses))
  `);
  expect(told).toBe("1000");
});

test("connections are reported with what passed over them", async () => {
  const known = page.records().length;
  await run(`
    urllib.request.urlopen(f"http://127.0.0.1:{PORTS['http']}/redirect").read()
    context = ssl.create_default_context()
    urllib.request.urlopen(f"https://localhost:{PORTS['https']}/up", data=b"12345", context=context).read()
    return ""
  `);
  const exchanges = () =>
    page
      .records()
      .slice(known)
      .map(({ host, tls, exchanges: seen }) => [
        host,
        tls,
        ...seen.map((e) => `${e.method} ${e.path} ${e.status}`),
      ]);
  await expect.poll(exchanges).toEqual([
    ["127.0.0.1", false, "GET /redirect 302"],
    ["127.0.0.1", false, "GET /small 200"],
    ["localhost", true, "POST /up 200"],
  ]);
});

test("pyodide.http fetches through the page", async () => {
  const told = await run(`
    from pyodide.http import pyfetch
    answer = await pyfetch(f"https://localhost:{PORTS['https']}/redirect", method="GET")
    told = [answer.status, answer.url, answer.redirected, (await answer.json())["path"]]
    for port in (PORTS["refused"], PORTS["wrongHost"]):
        try: await pyfetch(f"https://localhost:{port}/")
        except OSError as error: told.append(str(error))
    return json.dumps(told)
  `);
  const [status, url, redirected, path, refused, wrongHost] = JSON.parse(told) as unknown[];
  expect([status, url, redirected, path]).toEqual([
    200,
    `https://localhost:${servers.ports.https}/small`,
    true,
    "/small",
  ]);
  expect(refused).toMatch(/ECONNREFUSED/);
  expect(wrongHost).toMatch(/certificate/i);
  expect(page.records().slice(-4, -2)).toMatchObject([
    { port: servers.ports.https, exchanges: [{ method: "GET", path: "/redirect", status: 302 }] },
    { port: servers.ports.https, exchanges: [{ method: "GET", path: "/small", status: 200 }] },
  ]);
});

describe("a host that the workflow may not reach", () => {
  const attempts = `
    import errno
    from pyodide.http import pyfetch
    told = []
    async def attempt(action):
        try: await action()
        except Exception as error: told.append([type(error).__name__, isinstance(error, PermissionError), error.errno == errno.EACCES, str(error)])
        else: told.append("nothing was raised")
    async def connect(): socket.create_connection(("denied.example", 443), timeout=5)
    async def look_up(): socket.gethostbyname("denied.example")
    async def address(): socket.create_connection(("192.0.2.1", 80), timeout=5)
    async def streams(): await asyncio.open_connection("denied.example", 443)
    async def fetch(): await pyfetch("https://denied.example/?q=data")
    for action in (connect, look_up, address, streams, fetch): await attempt(action)
    return json.dumps(told)
  `;
  const targets = [
    "denied.example",
    "denied.example",
    "192.0.2.1:80",
    "denied.example",
    "denied.example:443",
  ];
  const expected = targets.map((target) => [
    "PermissionError",
    true,
    true,
    expect.stringMatching(
      new RegExp(`${target} is not a host that .* Network access in the workflow's header`),
    ),
  ]);

  test("by its list is a PermissionError that names it and says where to allow it", async () => {
    page.judge = () => "deny";
    expect(JSON.parse(await run(attempts))).toEqual(expected);
    expect(page.questions).toEqual([]);
  });

  test("and one that the person denies is the same", async () => {
    page.judge = () => "ask";
    page.answer = () => "deny";
    expect(JSON.parse(await run(attempts))).toEqual(expected);
    expect(page.questions.map((question) => question.kind === "host" && question.host)).toEqual([
      "denied.example",
      "denied.example",
      "192.0.2.1",
      "denied.example",
      "denied.example",
    ]);
  });

  test("a person who is asked before anything is sent has all the time there is", async () => {
    page.judge = () => "ask";
    page.answer = () => new Promise((resolve) => setTimeout(() => resolve("allow"), 600));
    const told = await run(`
      connection = socket.create_connection(("127.0.0.1", PORTS["http"]), timeout=0.3)
      connection.sendall(b"GET /small HTTP/1.0\\r\\n\\r\\n")
      return connection.recv(100).decode()
    `);
    expect(told).toMatch(/^HTTP\/1\.[01] 200/);
  });
});

describe("the end of a step", () => {
  test("a wait in C ends, and the interrupt that is pending then is raised", async () => {
    const flag = new Uint8Array(new SharedArrayBuffer(1));
    python.pyodide.setInterruptBuffer(flag);
    const result = run(`
      sock = socket.create_connection(("127.0.0.1", PORTS["silent"]))
      try: sock.recv(1)
      except KeyboardInterrupt: return "interrupted"
    `);
    await expect
      .poll(() => page.records().at(-1))
      .toMatchObject({ port: servers.ports.silent, state: "open" });
    await expect.poll(() => python.network.waits()).toBe(1);
    flag[0] = 2;
    expect(python.network.abortAll()).toBe(1);
    expect(await result).toBe("interrupted");
    expect(python.network.abortAll()).toBe(0);
  });

  test("without one the wait still ends", async () => {
    const result = run(`
      sock = socket.create_connection(("127.0.0.1", PORTS["silent"]), timeout=30)
      try: sock.recv(1)
      except ConnectionError as error: return type(error).__name__
    `);
    await expect.poll(() => python.network.waits()).toBe(1);
    python.network.abortAll();
    expect(await result).toBe("ConnectionAbortedError");
  });

  test("an asyncio connection that was left open ends without a word", async () => {
    const told = await run(`
      global lost
      class Protocol(asyncio.Protocol):
          def connection_lost(self, error): lost.set_result(repr(error))
      lost = asyncio.get_running_loop().create_future()
      await asyncio.get_running_loop().create_connection(Protocol, "127.0.0.1", PORTS["silent"])
      asyncio.get_running_loop().call_later(0.05, js.abortAll)
      return await lost
    `);
    expect(told).toBe("None");
  });

  test("a handshake raises by itself", async () => {
    const result = run(`
      try: ssl.create_default_context().wrap_socket(socket.create_connection(("127.0.0.1", PORTS["silent"])), server_hostname="localhost")
      except KeyboardInterrupt: return "interrupted"
    `);
    await expect
      .poll(() => page.records().at(-1))
      .toMatchObject({ port: servers.ports.silent, state: "open" });
    await expect.poll(() => python.network.waits()).toBe(1);
    expect(python.network.abortAll()).toBe(0);
    expect(await result).toBe("interrupted");
  });
});

test("a gateway that goes away is a ConnectionError in words, now and at the next connection", async () => {
  const result = run(`
    told = []
    sock = socket.create_connection(("127.0.0.1", PORTS["silent"]))
    reader, writer = await asyncio.open_connection("127.0.0.1", PORTS["silent"])
    for wait in (lambda: sock.recv(1), lambda: sock.send(b"x"), lambda: socket.create_connection(("127.0.0.1", PORTS["echo"]))):
        try: told.append(repr(wait()))
        except ConnectionError as error: told.append(str(error))
    try: await reader.read(1)
    except ConnectionError as error: told.append(str(error))
    try: socket.gethostbyname("example.com")
    except ConnectionError as error: told.append(str(error))
    return json.dumps(told)
  `);
  await expect.poll(() => page.records().filter(({ state }) => state === "open")).toHaveLength(2);
  await page.gateway.close();
  const [received, sent, connected, read, looked] = JSON.parse(await result) as string[];
  for (const words of [received, connected, read, looked])
    expect(words).toMatch(/gateway is gone.*npm start/);
  // The error is told once; then the connection has just ended.
  expect(sent).toMatch(/gateway is gone|Broken pipe/);
}, 20_000);
