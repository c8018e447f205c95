"""Reading what trainers already have: detect → parse, in the sandbox's child, pure code without
the ORM.

`reading.read` is the door; it tells the kind of file and calls `tables` (workbooks, CSV, tables
in Word) or `text`
(Word and plain-text banks). Both make drafts, which `drafts` turns into whole or refused records.
"""
