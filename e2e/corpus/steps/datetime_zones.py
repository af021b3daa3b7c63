import datetime as dt
from zoneinfo import ZoneInfo

TIMEZONE_NAME = "Asia/Singapore"

def handler(pd: "pipedream"):
    tz = ZoneInfo(TIMEZONE_NAME)
    start = dt.datetime.fromisoformat("2026-03-28T23:30:00+01:00")
    local = start.astimezone(tz)
    berlin = dt.datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    later = (berlin.astimezone(dt.timezone.utc) + dt.timedelta(hours=1)).astimezone(ZoneInfo("Europe/Berlin"))
    now = dt.datetime.now(tz)
    return {
        "local": local.strftime("%d %b %Y, %I:%M %p"),
        "over the change of clocks": later.isoformat(),
        "week": dt.date(2026, 1, 1).isocalendar().week,
        "offset of now": now.strftime("%z"),
    }
