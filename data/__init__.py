"""Files the program ships with: form editions, regions and boundaries, words, the sample corpus."""

from pathlib import Path

DATA_DIR = Path(__file__).resolve().parent
