"""How often Python looks for garbage while modules are loaded and reports are read.

Both make objects by the thousand, and hardly a cycle among them: what is no longer needed goes by itself. To look for
cycles as often as Python does, and each time at all that the program has loaded, costs a tenth of the time in which a
command starts and a twentieth of that of a batch.
"""

from __future__ import annotations

import gc

OBJECTS_BETWEEN = 20_000
"""So many more objects than at the last look make another worth its time; a report leaves behind some hundreds."""


def look_rarely() -> None:
    """For a process that is going to load what it needs and to read."""
    gc.set_threshold(OBJECTS_BETWEEN)


def pass_over_what_is_loaded() -> None:
    """Modules and tables stay to the end: none of them is looked at again, nor its memory copied by a worker.

    Called last of all, it spares Python the look at everything with which a process ends, a seventh of a short one.
    """
    gc.freeze()
