"""What every app stands on and what knows no domain: clock, errors, audit chain, constraints,
transitions, crypto, sandboxed parsing, background jobs, and the user-interface components.

A closed list: what knows an officer, a law, a question or an exam does not belong here.
"""
