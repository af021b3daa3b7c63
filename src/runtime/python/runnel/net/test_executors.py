import concurrent.futures
import unittest
from concurrent.futures import thread

from runnel.net import executors


class Pool(concurrent.futures.ThreadPoolExecutor):
    submit = executors.submit

    def _adjust_thread_count(self):
        raise AssertionError("a thread would be started")


class Pools(unittest.TestCase):
    def test_work_is_done_in_turn(self):
        done = []
        with Pool() as pool:
            futures = [pool.submit(done.append, number) for number in range(3)]
            self.assertEqual(done, [0, 1, 2])
            self.assertEqual(list(pool.map(str, range(3))), ["0", "1", "2"])
            self.assertTrue(all(future.done() for future in concurrent.futures.as_completed(futures)))

    def test_errors_are_the_future_s(self):
        with Pool() as pool:
            future = pool.submit(int, "x")
        self.assertIsInstance(future.exception(), ValueError)

    def test_work_may_hand_in_work(self):
        with Pool(1) as pool:
            self.assertEqual(pool.submit(lambda: pool.submit(int, "7").result()).result(), 7)

    def test_being_stopped_is_not_kept_for_later(self):
        def stop():
            raise KeyboardInterrupt

        with Pool() as pool, self.assertRaises(KeyboardInterrupt):
            pool.submit(stop)

    def test_initialisers(self):
        seen = []
        with Pool(initializer=seen.append, initargs=("ready",)) as pool:
            pool.submit(int)
            pool.submit(int)
        self.assertEqual(seen, ["ready"])
        with Pool(initializer=int, initargs=("x",)) as pool:
            for _ in range(2):
                with self.assertRaises(thread.BrokenThreadPool):
                    pool.submit(int)

    def test_after_the_end(self):
        pool = Pool()
        pool.shutdown()
        with self.assertRaises(RuntimeError):
            pool.submit(int)


if __name__ == "__main__":
    unittest.main()
