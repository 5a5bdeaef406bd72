"""An invented corpus with known truth: what `gongkai demo` writes, and what tests and benchmarks are fed."""

from loaders.demo.corpus import MARK_FILE, TRUTH_FILE, Demo, write_demo

__all__ = ["MARK_FILE", "TRUTH_FILE", "Demo", "write_demo"]
