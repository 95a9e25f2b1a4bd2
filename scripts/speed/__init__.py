"""What scripts/benchmark_speed.py is made of: texts, contestants, and the processes they run in."""
