"""Speed, as ratios within one run: ``python -m tests.benchmarks [NAME …]``. Never a test that turns red."""
