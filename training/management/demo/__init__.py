"""The demonstration: a made-up province, filled through the apps' own acts, so that it proves them.

People, places, laws and cases are invented. Loaded by `manage.py seed_demo` only.
"""
