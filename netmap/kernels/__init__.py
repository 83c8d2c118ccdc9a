"""Arrays in, arrays out: the loops every measure rests on, each with a readable NumPy/SciPy form."""
