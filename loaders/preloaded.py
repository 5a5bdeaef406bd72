"""What workers share: loaded once by the server from which they are forked. No Polars: its threads survive no fork."""

from __future__ import annotations

import gc

from loaders.form.editions import all_keys
from loaders.garbage import look_rarely, pass_over_what_is_loaded
from loaders.identity.places import place_names

_names = place_names()
SHARED = (all_keys(), _names.towns(""), _names.regions.ancestors(""), _names.regions.zones)
"""Tables that are made when first asked for."""

gc.collect()
pass_over_what_is_loaded()
look_rarely()
