"""The hand-over package: accepted material of one category, renamed by the notice's rule."""
