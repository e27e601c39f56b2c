"""What every test may lean on: the documents beside the project, and programs of the system."""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings

from goldenthread.errors import Busy
from goldenthread.locks import held

# Machines are slow by turns: a property says what is true, and never how fast. Where CI is set the
# same examples are tried each time (as Hypothesis has it), and by hand others.
_examples = settings.get_profile("ci" if os.environ.get("CI") else "default")
settings.register_profile("house", _examples, deadline=None)
settings.load_profile("house")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def _beside(folder):
    """A folder that stands beside a working copy of the project, and in most places does not."""
    found = SHARED / folder
    if not found.is_dir():
        pytest.skip(f"../shared/{folder} is not here: these documents are not part of the project.")
    return found


@pytest.fixture
def seeds():
    """The folder of the two source documents. They name living people: read them in place."""
    return _beside("seeds")


@pytest.fixture
def example_plans():
    """The folder of invented plans with their true contents and the scorer."""
    return _beside("examples/plans")


@pytest.fixture
def example_standards():
    """The folder of worked vectors of statutory and statistical formulas."""
    return _beside("examples/standards")


@pytest.fixture
def bundled_plan():
    """Brackenford's action plan, the example that comes with the package."""
    return ROOT / "src" / "goldenthread" / "example_data" / "plan.docx"


def pytest_addoption(parser):
    """``--write-screens`` makes the pictures of the docs again."""
    parser.addoption(
        "--write-screens", action="store_true", help="Write the pictures in docs/images/screens."
    )
    parser.addoption("--every-screen", metavar="FOLDER", help="Write a picture of every page here.")
    parser.addoption(
        "--kills", type=int, default=2, help="How often the crash test kills the server."
    )
    parser.addoption(
        "--write-matrix", action="store_true", help="Write docs/reference/authorisation.md."
    )
    parser.addoption(
        "--write-parity", action="store_true", help="Write the table in docs/reference/parity.md."
    )


@pytest.fixture(scope="session", autouse=True)
def every_screen(request):
    """With ``--every-screen FOLDER`` a picture of each page, at each width, that axe is shown."""
    folder = request.config.getoption("--every-screen")
    if not folder:
        yield
        return
    import access  # slow: only where a browser is wanted

    taken = []

    def look(page):
        test = os.environ["PYTEST_CURRENT_TEST"].split("::")[-1].removesuffix(" (call)")
        name = re.sub(r"\W+", "-", test.removeprefix("test_")).strip("-")[:120]
        taken.append(name)
        width = page.viewport_size["width"]
        file = Path(folder) / f"{name}-{taken.count(name):02}-{width}.png"
        page.screenshot(path=file, full_page=True)

    access.shown_to.append(look)
    yield
    access.shown_to.remove(look)


@pytest.fixture(scope="session")
def chromium():
    """A browser of the system, for tests with the mark that names it."""
    from playwright.sync_api import sync_playwright  # slow: only where a browser is wanted

    # Its driver keeps a loop of its own in this thread, and rows are asked for beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=flags.split()
        )
        yield browser
        browser.close()


def pytest_runtest_setup(item):
    """Skip, or in continuous integration fail, a test whose program the system does not have."""
    for marker in item.iter_markers("needs_program"):
        name, package = marker.args
        if shutil.which(name):
            continue
        sentence = f"The program {name} is missing: install the system's package {package}."
        if os.environ.get("GOLDENTHREAD_REQUIRE_SYSTEM") == "1":
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)


def pytest_terminal_summary(terminalreporter, config):
    """After the whole suite, print how big the house is: printed, not failed."""
    if config.args_source != config.ArgsSource.TESTPATHS:
        return
    from house.sizes import report  # slow: only after a whole run

    terminalreporter.section("the house, printed and not failed")
    for line in report(ROOT):
        terminalreporter.write_line(line)


DEMO = (sys.executable, "-m", "goldenthread.cli", "demo")


def _without_settings():
    return {k: v for k, v in os.environ.items() if not k.startswith("GOLDENTHREAD_")}


class Demonstration:
    """The demonstration as it serves: its address, and the folder that holds its data."""

    def __init__(self, folder):
        self.folder = folder
        for _ in range(20):
            port = random.randint(20_000, 60_000)
            self.log = (folder.parent / f"demo-{port}.log").open("w+")
            self.server = subprocess.Popen(
                [
                    *DEMO,
                    *("--folder", str(folder), "--port", str(port)),
                ],
                stdout=self.log,
                stderr=self.log,
                env=_without_settings(),
            )
            self.address = f"http://127.0.0.1:{port}"
            if self._serves():
                return
        raise AssertionError(self._said())

    def _serves(self):
        until = time.monotonic() + 120
        while time.monotonic() < until:
            if self.server.poll() is not None:
                if "is in use" in self._said():
                    return False
                raise AssertionError(self._said())
            if "It serves until" in self._said():
                return True
            time.sleep(0.1)
        raise AssertionError(self._said())

    def _said(self):
        self.log.flush()
        return Path(self.log.name).read_text()

    def stop(self):
        """End the server that this started."""
        self.server.terminate()
        self.server.wait(timeout=30)
        self.log.close()


@pytest.fixture(scope="session")
def set_up(tmp_path_factory, worker_id):
    """The folder of a demonstration that was set up and never served, made once for all workers."""
    here = tmp_path_factory.getbasetemp()
    # Beside the workers' own folders, where they are several.
    made = (here if worker_id == "master" else here.parent) / "demonstration-set-up"
    lock = made.with_suffix(".lock")
    lock.touch()
    busy = Busy("Another worker has set up the demonstration for ten minutes.", do="Look why.")
    with held(lock, alone=True, patience=600, busy=busy):
        if not made.exists():
            making = made.with_suffix(".making")
            subprocess.run(
                [*DEMO, "--folder", str(making), "--no-serve"],
                check=True,
                capture_output=True,
                env=_without_settings(),
                timeout=600,
            )
            making.rename(made)
    return made


@pytest.fixture(scope="module")
def demonstration(set_up, tmp_path_factory):
    """The demonstration, served by itself on a port of this machine, new for each module."""
    folder = tmp_path_factory.mktemp("demonstration") / "data"
    shutil.copytree(set_up, folder)
    served = Demonstration(folder)
    yield served
    served.stop()
