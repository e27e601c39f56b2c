"""Print the seconds and the peak memory of reading each plan, as whole processes.

.venv/bin/python benchmarks/reading.py [FILE ...] [--times N]
.venv/bin/python benchmarks/reading.py --sizes [--program PATH] [--record]
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import sizes
from accuracy import PAGE, between

ROOT = Path(__file__).parents[1]
BUNDLED = ROOT / "src" / "goldenthread" / "example_data" / "plan.docx"
BESIDE = [ROOT.parent / "shared" / "seeds", ROOT.parent / "shared" / "examples" / "plans"]
PROGRAM = Path(sys.executable).parent / "goldenthread"


def run(program, *arguments):
    """Seconds, of the processor too, megabytes and exit status of one run, its child included.

    The system gives the peak of the process itself or of any child that it waited for.
    """
    begun = time.perf_counter()
    # A process of our own making, not subprocess: only wait4 tells one child's memory apart.
    child = os.fork()
    if child == 0:
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.execv(program, [str(program), *map(str, arguments)])
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - begun
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    worked = used.ru_utime + used.ru_stime
    return seconds, worked, kilobytes / 1024, os.waitstatus_to_exitcode(status)


def figures(program, times, *arguments):
    """Of several runs: median seconds, of the processor too, most megabytes, last exit status."""
    seconds, worked, memory, statuses = zip(
        *(run(program, *arguments) for _ in range(times)), strict=True
    )
    return statistics.median(seconds), statistics.median(worked), max(memory), statuses[-1]


def found():
    """The documents that stand beside the project; a sentence for each folder that is absent."""
    for folder in BESIDE:
        if not folder.is_dir():
            print(f"{folder} is not here: skipped.")
            continue
        kinds = (".docx", ".odt", ".html", ".xlsx", ".csv", ".pdf", ".txt")
        yield from sorted(path for path in folder.iterdir() if path.suffix in kinds)


def costs(program, times):
    """Lines of a table in Markdown: what plans of the sizes asked for cost, beside the limits."""
    yield "| Plan | kB | Seconds | At most | Of the processor | MB | At most |"
    yield "|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for file in sizes.make(Path(folder)):
            seconds, worked, memory, status = figures(program, times, "import", file, "--json")
            most, megabytes = sizes.ASKED[file.name]
            size = file.stat().st_size / 1024
            ending = f"{seconds:.1f}" if status == 0 else f"refused ({status})"
            yield (
                f"| {file.stem}, `{file.suffix}` | {size:.0f} | {ending} | {most} "
                f"| {worked:.1f} | {memory:.0f} | {megabytes} |"
            )


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", action="store_true", help="plans of set sizes, made anew")
    parser.add_argument("--record", action="store_true", help="with --sizes: into the docs' page")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--program", type=Path, default=PROGRAM, help="another goldenthread")
    parser.add_argument("--times", type=int, default=5, metavar="N")
    asked = parser.parse_args()
    if asked.sizes:
        lines = list(costs(asked.program, asked.times))
        print(*lines, sep="\n")
        if asked.record:
            text = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(between(text, "costs", lines), encoding="utf-8")
        return
    files = [BUNDLED, *(asked.files or found())]

    print(f"{'what':44} {'kB':>8} {'seconds':>8} {'times help':>10} {'MB':>6}  exit")
    start, _, memory, status = figures(asked.program, asked.times, "--help")
    print(f"{'goldenthread --help':44} {'':8} {start:8.2f} {1:10.1f} {memory:6.0f}  {status}")
    for file in files:
        seconds, _, memory, status = figures(asked.program, asked.times, "import", file, "--json")
        size = file.stat().st_size / 1024
        ratio = seconds / start
        print(
            f"{file.name[:44]:44} {size:8.0f} {seconds:8.2f} {ratio:10.1f} {memory:6.0f}  {status}"
        )


if __name__ == "__main__":
    main()
