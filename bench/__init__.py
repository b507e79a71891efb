"""Measurements, a folder for each thing that is measured; those that need Django settle in by `place`."""
