"""Real servers on loopback for the tests; each stops what it started and nothing else."""
