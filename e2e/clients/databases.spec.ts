/** Clients of real database servers. */
import { expect, packages, test } from "../product.ts";
import { startMariaDb, startPostgres, startRedis } from "../servers/clients/databases.ts";
import { ProgramMissing, type RunningProgram } from "../servers/clients/program.ts";
import { expectLines, installedClients, oneStep } from "./libraries.ts";

test.use(oneStep);

const login = { user: "ada", password: "made-up-Password1" };

/** Skips the test, by name, where the server isn't on this machine and can't be installed; in CI it fails. */
async function started(server: Promise<RunningProgram>): Promise<RunningProgram> {
  try {
    return await server;
  } catch (error) {
    if (!(error instanceof ProgramMissing) || process.env.CI) throw error;
    process.stdout.write(`Skipped: ${test.info().titlePath.join(" › ")}: ${error.message}\n`);
    test.skip(true, error.message);
    throw error;
  }
}

test("redis: commands, pipelines, pub/sub, sync and asyncio", installedClients, async ({ runnel, page }) => {
  const redis = await started(startRedis(login.password));
  await expectLines(
    { runnel, page },
    `import asyncio
import redis
import redis.asyncio

PLACE = {"host": "localhost", "port": ${redis.port}, "password": "${login.password}", "decode_responses": True}

def sync():
    store = redis.Redis(**PLACE)
    store.set("greeting", "Grüße", ex=60)
    with store.pipeline() as pipe:
        pipe.incr("n").incr("n").lpush("list", "a", "b")
        print("pipeline", pipe.execute())
    print("read", store.get("greeting"), store.lrange("list", 0, -1))
    with store.pubsub() as channel:
        channel.subscribe("news")
        store.publish("news", "first")
        print("heard", [channel.get_message(timeout=10)["data"] for _ in range(2)])
    try:
        redis.Redis(**{**PLACE, "password": "wrong"}).ping()
    except redis.AuthenticationError as error:
        print("refused", error)

async def handler(pd: "pipedream"):
    sync()
    async with redis.asyncio.Redis(**PLACE) as store:
        await asyncio.gather(*(store.incr("n") for _ in range(10)))
        print("async", await store.get("n"))
        async with store.pubsub() as channel:
            await channel.subscribe("news")
            await store.publish("news", "second")
            async for message in channel.listen():
                if message["type"] == "message":
                    print("async heard", message["data"])
                    break
`,
    [
      "pipeline [1, 2, 2]",
      "read Grüße ['b', 'a']",
      "heard [1, 'first']",
      "refused",
      "async 12",
      "async heard second",
    ],
  );
  await redis.close();
});

test(
  "PostgreSQL by pg8000: parameters, transactions, types, TLS",
  installedClients,
  async ({ runnel, page, authority }) => {
    const postgres = await started(startPostgres(login, await authority.issue(["localhost"])));
    await expectLines(
      { runnel, page },
      `import datetime
import ssl
import pg8000.dbapi
import pg8000.native

PLACE = {"user": "${login.user}", "host": "localhost", "port": ${postgres.port}, "database": "postgres"}

def handler(pd: "pipedream"):
    connection = pg8000.native.Connection(**PLACE, password="${login.password}", ssl_context=ssl.create_default_context())
    print("tls", connection.run("select ssl, version from pg_stat_ssl where pid = pg_backend_pid()"))
    print("types", connection.run("select :a::int, :b::text, :c::date, :d::jsonb, :e::int[]",
                                  a=7, b="Grüße", c=datetime.date(2026, 1, 2), d='{"x": [1]}', e=[1, None]))
    connection.close()
    database = pg8000.dbapi.connect(**PLACE, password="${login.password}")
    cursor = database.cursor()
    cursor.execute("create table sales (product text, amount int)")
    cursor.executemany("insert into sales values (%s, %s)", [("tea", n) for n in range(200)])
    database.commit()
    cursor.execute("delete from sales")
    database.rollback()
    cursor.execute("select product, sum(amount) from sales group by product")
    print("rows", cursor.fetchall())
    try:
        cursor.execute("select * from nowhere")
    except pg8000.dbapi.DatabaseError as error:
        print("error", error.args[0]["C"])
    try:
        pg8000.dbapi.connect(**PLACE, password="wrong")
    except pg8000.dbapi.DatabaseError as error:
        print("refused", error.args[0]["C"])
`,
      [
        "tls [[True, 'TLSv1.3']]",
        "types [[7, 'Grüße', datetime.date(2026, 1, 2), {'x': [1]}, [1, None]]]",
        "rows (['tea', 19900],)",
        "error 42P01",
        "refused 28P01",
      ],
    );
    await postgres.close();
  },
);

test(
  "MariaDB by PyMySQL: parameters, transactions, types, TLS",
  packages,
  async ({ runnel, page, authority }) => {
    const maria = await started(startMariaDb(login, await authority.issue(["127.0.0.1"])));
    const step = await expectLines(
      { runnel, page },
      `import ssl
import pymysql

PLACE = {"host": "127.0.0.1", "port": ${maria.port}, "user": "${login.user}", "database": "test", "charset": "utf8mb4"}

def handler(pd: "pipedream"):
    with pymysql.connect(**PLACE, password="${login.password}") as connection, connection.cursor() as cursor:
        cursor.execute("create table sales (product varchar(20), amount decimal(6, 2), sold date)")
        cursor.executemany("insert into sales values (%s, %s, %s)", [("Tee 🍵", 1.5, "2026-01-02")] * 50)
        connection.commit()
        cursor.execute("delete from sales")
        connection.rollback()
        cursor.execute("select product, sum(amount), max(sold) from sales group by product")
        print("rows", cursor.fetchall())
    context = ssl.create_default_context()
    with pymysql.connect(**PLACE, password="${login.password}", ssl=context) as connection, connection.cursor() as cursor:
        cursor.execute("show status like 'Ssl_version'")
        print("tls", cursor.fetchone()[1])
    try:
        pymysql.connect(**PLACE, password="wrong")
    except pymysql.err.OperationalError as error:
        print("refused", error.args[0])
`,
      ["rows (('Tee 🍵', Decimal('75.00'), datetime.date(2026, 1, 2)),)", "tls TLSv1.", "refused 1045"],
    );
    await expect(step.root).toContainText(/installed .*pymysql/i);
    await maria.close();
  },
);
