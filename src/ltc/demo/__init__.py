"""The example company's half year, day by day: what `ltc demo` runs.

Everything below is a host: it reads its own files, keeps a store, owns the clock and the dice, and calls the library for each
decision.
"""
