"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

from loaders.fork_server import THREADS_VARIABLE

if "PYTEST_XDIST_WORKER" in os.environ:  # each core has a worker of its own, and threads would wait for each other
    os.environ.setdefault(THREADS_VARIABLE, "1")

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("untimed")
