import io
import pandas as pd_

CSV = """month,region,amount
2026-01,north,120.50
2026-01,south,80
2026-02,north,
2026-02,south,99.5
"""

def handler(pd: "pipedream"):
    df = pd_.read_csv(io.StringIO(CSV), parse_dates=["month"])
    df["amount"] = df["amount"].fillna(0)
    pivot = df.pivot_table(index="month", columns="region", values="amount", aggfunc="sum")
    df.to_csv("/tmp/amounts.csv", index=False)
    best = df.sort_values("amount", ascending=False).iloc[0]
    pd.export("best", {"region": best["region"], "amount": float(best["amount"])})
    pd.export("pivot", pivot.round(1).reset_index(drop=True).to_dict(orient="records"))
    return df.groupby("region")["amount"].sum().to_dict()
