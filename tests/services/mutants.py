"""Whether the tests notice when the arithmetic or a rule is changed: mutation testing.

    python -m tests.services.mutants [--seconds N] [FILE...]

Every mutant that cosmic-ray makes of the files (of all of `sheet.py`, `sheet_parts.py` and `rules/` when none
is named) is tested by the tests that need no database: each in a process of its own, which has the mutant in
place of the module, until the first test fails. One that survives is printed, and is either a lack in the
tests or equivalent: docs/mutants.md. Ends with 1 when less than 95 in 100 are killed. With `--seconds` so
much time is spent on a sample.
"""

import argparse
import difflib
import importlib.abc
import importlib.util
import os
import random
import re
import resource
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

import hypothesis
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

FILES = ("budgets/sheet.py", "budgets/sheet_parts.py", *sorted(map(str, Path("budgets/rules").glob("*.py"))))
TESTS = (
    "tests/budgets/test_edges.py",
    "tests/budgets/test_sheet.py",
    "tests/budgets/test_rules.py",
    "tests/budgets/test_part_years.py",
    "tests/budgets/test_table.py",
    "tests/budgets/test_sheet_properties.py",
)
GOAL = 0.95
NEEDLESS = re.compile(
    r"BitOr_"  # a type in an annotation, which is asked by nobody
    r"|_(BitOr|BitAnd|BitXor|RShift|LShift)$"  # no such arithmetic with money: it fails at once
    r"|(Eq|NotEq|Lt|LtE|Gt|GtE)_(Is|IsNot)$"  # what Python itself warns of
)
EXAMPLES = 15  # of each property: more find little more, and take the longest
SAME = 100  # exit status: the mutant is none
SLOWER = 4
"""A mutant whose tests take so many times as long as without it never ends, and is killed."""
OPTIONS = (
    *("-m", "not soak", "-x", "-q", "--no-header", "--tb=no", "--import-mode=importlib", "--noconftest"),
    *("-p", "tests.budgets.conftest", "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:randomly"),
    *("-c", os.devnull, "--rootdir", "."),
)


class Fate(Enum):
    ALIVE = "alive"
    KILLED = "killed"
    SAME = "no other program"


@dataclass(frozen=True)
class Mutant:
    """A file with one thing in it changed."""

    file: str
    operator: str
    occurrence: int

    @property
    def module(self) -> str:
        return self.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def source(self) -> str:
        return str(mutate_code(Path(self.file).read_text(), get_operator(self.operator)(), self.occurrence))

    def code(self) -> CodeType | None:
        """None when it is no program, or the same."""
        try:
            mutated = compile(self.source, self.file, "exec")
        except SyntaxError:
            return None
        return None if mutated == compile(Path(self.file).read_text(), self.file, "exec") else mutated

    def told(self) -> str:
        """The lines that it changes."""
        lines = difflib.unified_diff(Path(self.file).read_text().split("\n"), self.source.split("\n"), n=0)
        changed = [line for line in lines if line[:1] in "+-@" and line[:3] not in ("+++", "---")]
        return f"{self.file} {self.operator} {self.occurrence}\n  " + "\n  ".join(changed)


class InPlace(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module other code than its file's."""

    def __init__(self, name: str, code: CodeType, file: str) -> None:
        self.name, self.code, self.file = name, code, file

    def find_spec(self, name: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.file, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102 - our own code


def mutants(file: str) -> Iterator[Mutant]:
    """All that cosmic-ray makes of a file, but for those that no test is needed for."""
    tree = get_ast(Path(file).read_text())
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments() or NEEDLESS.search(name):  # arguments: for names of one's own
            continue
        number = sum(1 for node in ast_nodes(tree) for _ in operator().mutation_positions(node))
        yield from (Mutant(file, name, occurrence) for occurrence in range(number))


def tested(mutant: Mutant | None, seconds: int) -> Fate:
    """What the tests make of the mutant; None is none. In a process of its own, with so much time (CPU)."""
    process = os.fork()
    if process == 0:
        _test(mutant, seconds)
    _, status = os.waitpid(process, 0)
    return {0: Fate.ALIVE, SAME: Fate.SAME}.get(os.waitstatus_to_exitcode(status), Fate.KILLED)


def _test(mutant: Mutant | None, seconds: int) -> None:
    """Never returns: ends with 0 when no test fails."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    status = 1
    try:
        code = mutant.code() if mutant else None
        if mutant and code:
            sys.meta_path.insert(0, InPlace(mutant.module, code, mutant.file))
        status = SAME if mutant and not code else int(pytest.main([*OPTIONS, *TESTS]))
    finally:
        os._exit(status)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("files", nargs="*", default=FILES)
    asked = parser.parse_args(arguments)
    hypothesis.settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, max_examples=EXAMPLES
    )
    hypothesis.settings.load_profile("mutants")
    warnings.simplefilter("ignore", SyntaxWarning)
    started = time.monotonic()
    if tested(None, resource.RLIM_INFINITY) is Fate.KILLED:
        print("the tests fail without a mutant")
        return 1
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    patience = round(SLOWER * taken) + 1
    every = [mutant for file in asked.files for mutant in mutants(file)]
    random.Random(1).shuffle(every)
    print(f"{len(every)} mutants; the tests take {taken:.1f} s without one", flush=True)

    def fate(mutant: Mutant) -> Fate | None:
        return None if time.monotonic() - started > asked.seconds else tested(mutant, patience)

    killed = alive = 0
    with ThreadPoolExecutor(asked.processes) as pool:
        for mutant, what in zip(every, pool.map(fate, every), strict=True):
            killed += what is Fate.KILLED
            alive += what is Fate.ALIVE
            if what is Fate.ALIVE:
                print(mutant.told(), flush=True)
    share = killed / max(1, killed + alive)
    print(f"{killed + alive} mutants tested, {killed} killed: {share:.1%}")
    return 0 if share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
