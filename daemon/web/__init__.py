"""The staff's pages: server-rendered, behind a sign-in, served by the daemon.

Nothing is imported here: commands that serve no pages pay nothing for them.
"""
