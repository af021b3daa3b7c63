import sqlite3

def handler(pd: "pipedream"):
    conn = sqlite3.connect("/tmp/state.db")
    conn.row_factory = sqlite3.Row
    with conn:
        conn.execute("CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, at TEXT DEFAULT CURRENT_TIMESTAMP)")
        conn.executemany("INSERT OR IGNORE INTO seen (id) VALUES (?)", [("a",), ("b",), ("a",)])
    rows = [row["id"] for row in conn.execute("SELECT id FROM seen ORDER BY id DESC")]
    conn.close()
    return rows
