from multiprocessing import Pool

def square(n):
    return n * n

def handler(pd: "pipedream"):
    with Pool(4) as pool:
        return pool.map(square, range(5))
