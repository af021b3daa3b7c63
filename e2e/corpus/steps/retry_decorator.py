import functools
import time
from tenacity import retry, stop_after_attempt, wait_fixed, retry_if_exception_type

calls = 0

def timed(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return func(*args, **kwargs)
        finally:
            print(f"{func.__name__} took {time.perf_counter() - start >= 0}")
    return wrapper

@timed
@retry(stop=stop_after_attempt(3), wait=wait_fixed(0.001), retry=retry_if_exception_type(ConnectionError))
def flaky():
    global calls
    calls += 1
    if calls < 3:
        raise ConnectionError("not yet")
    return calls

def handler(pd: "pipedream"):
    return flaky()
