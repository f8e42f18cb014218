"""How the tests are run: in how many processes, and what each does before its first test."""

import gc
import os

import pytest
from hypothesis import settings

# Nothing here measures time, and a machine may be busy. What matters is an example or a case of its own as well.
settings.register_profile("unhurried", deadline=None, max_examples=50)
settings.load_profile("unhurried")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests also wait, for processes, disks and moments that come."""
    mine = getattr(os, "sched_getaffinity", None)  # of all that the machine has, those that a container may use
    return (len(mine(0)) if mine else os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """Has whoever runs tests import what they share, and not the process that hands them out."""
    gc.disable()  # what is imported and collected lives until the end
    if hasattr(config, "workerinput") or not config.getoption("numprocesses"):
        config.pluginmanager.import_plugin("tests.support.shared_fixtures")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Has those that share a browser and a rehearsal begin: of what comes last, each process takes a share."""
    items.sort(key=lambda item: "tab" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()
