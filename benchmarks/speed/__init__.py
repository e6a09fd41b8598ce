"""The speed claims, each with its floor in the same run: `python -m benchmarks.speed` (`make bench`)."""
