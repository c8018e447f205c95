"""Wagtail pages: tiered courses and their lessons, notices.

Answer keys, papers and results are never pages or snippets.

"""
