"""Measures the examination room: saves and starts, beside a bare Django view that inserts one row.

`python -m tests.bench` makes a scratch database on each engine, starts the platform's own web server twice on loopback
ports (the platform, and the bare view on the same database), loads them in turn, prints a Markdown table, and
removes everything it made.
"""
