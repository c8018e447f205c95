"""Schemes, blueprints, papers, sittings, attempts, grading and results.

The examination room is its hot path. It announces results and never asks what follows from them.

"""
