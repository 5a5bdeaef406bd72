"""Reports with known figures in many kinds, layouts and states of damage: food for property tests and benchmarks."""

from tests.generator.case import KINDS, Case, generate, sound_layouts
from tests.generator.damage import DAMAGES

__all__ = ["DAMAGES", "KINDS", "Case", "generate", "sound_layouts"]
