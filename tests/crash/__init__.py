"""The daemon as a process that dies before any step that the outside world could see."""
