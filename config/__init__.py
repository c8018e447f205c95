"""Settings, root URLs and the WSGI entry: the only package that may know every app."""
