"""netmap as a backend of networkx: networkx's own functions, arguments and results, computed by netmap's kernels."""
