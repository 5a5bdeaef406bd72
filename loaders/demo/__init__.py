"""An invented corpus with known truth: what `gongkai demo` writes, and what tests and benchmarks are fed."""
