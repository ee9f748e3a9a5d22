"""The main job on an embedded default: Maildir in, Maildir out, SQLite. `python -m tests.demo`."""
