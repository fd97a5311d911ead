"""One file per kind of store, named by its URL scheme, with ``open_store(url)``."""
