"""How the benchmarks measure: time and memory of one call."""

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable


def seconds(run: Callable[[], object], repeats: int = 5) -> float:
    """Median time of a call."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak_memory(run: Callable[[], object]) -> int:
    """Bytes, of what Python itself allocates."""
    gc.collect()
    tracemalloc.start()
    run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
