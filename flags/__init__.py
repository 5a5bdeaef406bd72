"""Frames become findings."""
