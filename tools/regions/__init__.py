"""Parts of `tools/build_regions.py`: sources, names, history and boundaries of China's regions."""
