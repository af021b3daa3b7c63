from datetime import datetime
from dateutil import parser
from dateutil.relativedelta import relativedelta
from pytz import timezone as pytz_timezone

def handler(pd: "pipedream"):
  released = parser.parse("Sat, 31 Jan 2026 18:00 UTC")
  reminder = released + relativedelta(months=+1, weekday=None)
  localized = datetime.fromtimestamp(1769882400, tz=pytz_timezone("America/Los_Angeles"))
  return {"reminder": reminder.strftime("%Y-%m-%d"), "localized": localized.isoformat(), "age": relativedelta(released, datetime(2024, 12, 1, tzinfo=released.tzinfo)).years}
