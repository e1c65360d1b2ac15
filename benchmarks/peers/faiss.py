#!/usr/bin/python3
"""Looks up the same codes with FAISS as with this library, and prints both side by side.

    dotnet run -c Release --project benchmarks/TakeItDown.Matching.Benchmarks -- export-codes DIR --entries 1000000
    /usr/bin/python3 benchmarks/peers/faiss.py DIR

One thread, medians of repeated runs. FAISS's multi-hash index flips a fixed number of bits per band, so it may miss what is
within the distance; its flat index compares everything, and so misses nothing.
"""
import json
import os
import statistics
import sys
import time

# Python looks beside the script first, and would find this file under the name of the library.
sys.path[:] = [path for path in sys.path if os.path.realpath(path) != os.path.dirname(os.path.realpath(__file__))]
try:
    import faiss
    import numpy
except ImportError as error:
    sys.exit(f"FAISS is absent ({error}): install Debian's python3-faiss and run this with /usr/bin/python3.")

REPETITIONS = 3
FLAT_QUERIES = 50


def load(directory, name):
    return numpy.fromfile(os.path.join(directory, name), dtype=numpy.uint8).reshape(-1, 32)


def search(index, queries, maximum):
    """All (query, entry, distance) within the maximum, which FAISS excludes, and the median time of a query in µs."""
    times = []
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        limits, distances, entries = index.range_search(queries, maximum + 1)
        times.append((time.perf_counter() - start) / len(queries) * 1e6)
    hits = {
        (query, int(entries[i]), int(distances[i]))
        for query in range(len(queries))
        for i in range(limits[query], limits[query + 1])
    }
    return hits, statistics.median(times)


def build(index, codes):
    start = time.perf_counter()
    index.add(codes)
    return time.perf_counter() - start


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    directory = sys.argv[1]
    codes, queries = load(directory, "codes.bin"), load(directory, "queries.bin")
    with open(os.path.join(directory, "found.json"), encoding="utf-8") as file:
        ours = json.load(file)
    maximum = ours["maximumDistance"]
    expected = {tuple(hit) for hit in ours["hits"]}
    faiss.omp_set_num_threads(1)

    flat = faiss.IndexBinaryFlat(256)
    flat_build = build(flat, codes)
    flat_hits, flat_time = search(flat, queries[:FLAT_QUERIES], maximum)
    if flat_hits != {hit for hit in expected if hit[0] < FLAT_QUERIES}:
        sys.exit("The flat index, which misses nothing, found something else than this library.")

    hashed = faiss.IndexBinaryMultiHash(256, 16, 16)
    hashed.nflip = 1
    hashed_build = build(hashed, codes)
    hashed_hits, hashed_time = search(hashed, queries, maximum)

    print(f"{len(codes):,} codes, {len(queries):,} queries within {maximum} bits, {len(expected):,} hits")
    print(f"{'index':<28}{'us a query':>12}{'ratio':>8}{'build s':>10}{'found':>8}")
    for name, micros, seconds, found in (
        ("TakeItDown.Matching", ours["queryMicroseconds"], ours["buildSeconds"], len(expected)),
        (f"FAISS {faiss.__version__} multi-hash 16x16", hashed_time, hashed_build, len(hashed_hits & expected)),
        (f"FAISS {faiss.__version__} flat", flat_time, flat_build, len(expected)),
    ):
        print(f"{name:<28}{micros:>12.1f}{micros / ours['queryMicroseconds']:>8.1f}{seconds:>10.2f}{found:>8,}")


if __name__ == "__main__":
    main()
