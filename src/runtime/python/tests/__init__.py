"""Tests of the bridge on CPython, with a fake host."""
