"""Question types: one folder each with its content and key (`spec`), its grading (`grade`) and
its proof (`samples`).

Pure code: values in, values out. Imports nothing of the ORM, so that grading can run anywhere.
To add a type, copy a
folder, enter it in `registry`, and the registry test demands its samples.
"""
