"""Measurements: real processes, each with its bound measured in the same run. `./dev bench NAME`."""
