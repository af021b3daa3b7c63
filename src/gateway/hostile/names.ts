import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answers, asked } from "../testing/dns.ts";
import { type PageSockets, startTestGateway, type TestGateway } from "../testing/page.ts";
import { closeServers, httpServer, type LocalServer, tcpServer } from "../testing/servers.ts";

/** Hosts that are written so as to look like something else, and name servers that lie. */
export function nameAttempts(): void {
  let gateway: TestGateway;
  let page: PageSockets;
  let target: LocalServer;
  // Answers are kept for a moment: each test has names of its own.
  let count = 0;
  let liar: string;
  let mover: string;

  beforeAll(async () => {
    gateway = await startTestGateway({ limits: { connectMs: 100 } });
  });
  afterAll(() => gateway.close());
  beforeEach(async () => {
    count += 1;
    [liar, mover] = [`liar-${count}.test`, `mover-${count}.test`];
    page = await gateway.sockets();
    target = await tcpServer((socket) => void socket.end("reached"));
  });
  afterEach(async () => {
    page.close();
    answers.clear();
    asked.length = 0;
    await closeServers();
  });

  describe("a host that is more than a host opens nothing:", () => {
    test.each([
      "127.0.0.1.",
      "localhost.",
      "localhost..",
      "127.0.0.1..",
      "[127.0.0.1]",
      "[::1",
      "::1]",
      "::1%lo",
      "[::1%lo]",
      "::ffff:127.0.0.1%lo",
      "127.0.0.1%lo",
      "①②⑦.⓪.⓪.①",
      "127。0。0。1",
      "１２７.0.0.1",
      "ⓛocalhost",
      "127.0.0.1:80",
      "http://127.0.0.1",
      "user@127.0.0.1",
      "public.test@127.0.0.1",
      "127.0.0.1#public.test",
      "127.0.0.1/public.test",
      "127.0.0.1?public.test",
      "127.0.0.1\\public.test",
      "127.0.0.1\0public.test",
      "public.test\r\nHost: 127.0.0.1",
      " 127.0.0.1",
      "127.0.0.1\t",
      "127.0.0.1\n",
      "0x7F.0x0.0x0.0x1",
      "00000177.1",
      "4294967296",
      "-1",
      "127.0.0.1e0",
      "::7f00:1",
      "::ffff:0:7f00:1",
      "64:ff9b::127.0.0.1",
      "2002:7f00:1::",
      "2606:4700::5efe:127.0.0.1",
      "2606:4700::200:5efe:7f00:1",
      "a".repeat(64),
      "a.".repeat(126),
      "xn--",
      "*",
      "..",
    ])("%j", async (host) => {
      const event = await page.connect(host, target.port).next();
      expect(["ask", "error"]).toContain(event.ev);
      if (event.ev === "ask") expect(event.range).toBe("loopback");
      expect(target.connections.size).toBe(0);
    });
  });

  describe("metadata services and the link are refused, however they are written:", () => {
    test.each([
      "169.254.169.254.",
      "[169.254.169.254]",
      "169.254.169.254%eth0",
      "::ffff:169.254.169.254%eth0",
      "[::ffff:169.254.169.254]",
      "::ffff:0:a9fe:a9fe",
      "::a9fe:a9fe",
      "64:ff9b::169.254.169.254",
      "64:ff9b:1::a9fe:a9fe",
      "64:ff9b:1:ffff::a9fe:a9fe",
      "2002:a9fe:a9fe::1",
      "2001:0:4136:e378:8000:63bf:5601:5601",
      "2001::a9fe:a9fe",
      "fe80::5efe:169.254.169.254",
      "2606:4700::5efe:a9fe:a9fe",
      "2606:4700:0:0:200:5efe:169.254.169.254",
      "fe80::a9fe:a9fe%1",
      "fe80::1%25eth0",
      "0251.0376.0251.0376",
      "0xA9.0xFE.0xA9.0xFE",
      "0xa9.16689662",
      "::ffff:100.100.100.200",
      "fd00:ec2:0:0::254",
      "FD20:CE::254",
    ])("%s", async (host) => {
      const event = await page.connect(host, 80).expect("error");
      // What is no address in this system's eyes is no name either.
      expect(["EACCES", "ENOTFOUND", "EAI_AGAIN", "EINVAL"]).toContain(event.code);
      const { head } = await gateway.fetch({ url: "http://named.test/", allowed: [`${host}:80`] });
      expect(head.kind).toBe("error");
    });
  });

  describe("a name server that answers with inner addresses:", () => {
    const lies: readonly [string, readonly string[], string][] = [
      ["public first, loopback second", ["1.1.1.1", "127.0.0.1"], "ask 127.0.0.1"],
      ["loopback first, public second", ["127.0.0.1", "1.1.1.1"], "ask 127.0.0.1"],
      ["public and private", ["1.1.1.1", "10.0.0.1"], "ask 10.0.0.1"],
      ["public and loopback over IPv6", ["2606:4700::1", "::1"], "ask ::1"],
      ["public and a mapped loopback", ["1.1.1.1", "::ffff:127.0.0.1"], "ask ::ffff:127.0.0.1"],
      ["metadata", ["169.254.169.254"], "EACCES"],
      ["metadata twice", ["169.254.169.254", "fd00:ec2::254"], "EACCES"],
      ["metadata and loopback", ["169.254.169.254", "127.0.0.1"], "ask 127.0.0.1"],
      ["a mapped metadata address", ["::ffff:169.254.169.254"], "EACCES"],
      ["NAT64 of metadata", ["64:ff9b::a9fe:a9fe"], "EACCES"],
      ["6to4 of metadata", ["2002:a9fe:a9fe::"], "EACCES"],
      ["Teredo", ["2001:0:4136:e378:8000:63bf:3fff:fdd2"], "EACCES"],
      ["everything and nothing", ["0.0.0.0"], "EACCES"],
      ["the link with its zone", ["fe80::1%eth0"], "EACCES"],
      ["something that is no address", ["not an address"], "EACCES"],
    ];
    test.each(lies)("%s", async (_name, addresses, expected) => {
      answers.set(liar, [addresses]);
      const event = await page.connect(liar, target.port).next();
      const said = event.ev === "ask" ? `ask ${event.address}` : event.ev === "error" ? event.code : event.ev;
      expect(said).toBe(expected);
      expect(target.connections.size).toBe(0);
    });

    test("the gateway's own port among public ones", async () => {
      answers.set(liar, [["1.1.1.1", "127.0.0.1"]]);
      expect(await page.connect(liar, gateway.port).next()).toMatchObject({ code: "EACCES" });
    });

    test("loopback behind more public addresses than are tried", async () => {
      answers.set(liar, [["1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "127.0.0.1"]]);
      expect((await page.connect(liar, target.port).next()).ev).toBe("error");
      expect(target.connections.size).toBe(0);
    });
  });

  describe("a name that moves between being judged and being connected to (rebinding):", () => {
    test.each(["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1"])("from public to %s", async (then) => {
      answers.set(mover, [["1.1.1.1"], [then]]);
      expect((await page.connect(mover, target.port).next()).ev).toBe("error");
      expect(target.connections.size).toBe(0);
      expect(asked).toEqual([mover]);
    });

    test("while the person is being asked: the address that was shown is the one", async () => {
      answers.set(mover, [["127.0.0.1"], ["169.254.169.254"]]);
      const channel = page.connect(mover, target.port);
      expect(await channel.expect("ask")).toMatchObject({ address: "127.0.0.1" });
      channel.send({ op: "allow" });
      expect(await channel.expect("open")).toMatchObject({ remoteAddress: "127.0.0.1" });
      expect(asked).toEqual([mover]);
    });

    test("between a look-up and the connection", async () => {
      answers.set(mover, [["127.0.0.1"], ["10.0.0.1"]]);
      const named = page.channel();
      named.send({ op: "resolve", host: mover });
      expect(await named.expect("resolved")).toMatchObject({ address: "127.0.0.1" });
      expect(await page.connect(mover, 80).expect("ask")).toMatchObject({ address: "127.0.0.1" });
    });

    test("between the hops of a redirect, and between judging and sending", async () => {
      const { port } = await httpServer((request, response) => {
        if (request.url === "/start")
          response.writeHead(302, { location: `http://${mover}:${port}/end` }).end();
        else response.end("inside");
      });
      answers.set(mover, [["127.0.0.1"], ["169.254.169.254"]]);
      const url = `http://${mover}:${port}/start`;
      expect((await gateway.fetch({ url })).head).toMatchObject({ kind: "ask", address: "127.0.0.1" });
      const allowed = [`${mover}:${port}`];
      const { head, response } = await gateway.fetch({ url, allowed });
      expect(head).toMatchObject({ kind: "response", redirected: true });
      expect(await response.text()).toBe("inside");
      expect(asked).toEqual([mover]);
    });
  });
}
