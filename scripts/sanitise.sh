#!/bin/sh
# Builds the compiled kernels with AddressSanitizer and UBSan in a folder of its own and runs their tests on them.
# Arguments go to pytest; the Python that runs netmap's tests is $PYTHON, else the one scripts/test.sh made.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-$(pwd)/.venv-test/bin/python}
place=${TMPDIR:-/tmp}/netmap-sanitised-$(id -u)
rm -rf "$place"
mkdir -p "$place"
cp -r netmap tests setup.py setup.cfg pyproject.toml MANIFEST.in README.md LICENSE "$place"
cd "$place"
rm -f netmap/kernels/*.so
flags="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -g -O1 -DNETMAP_NO_CLONES ${NETMAP_CFLAGS:-}"
CFLAGS="$flags" LDFLAGS="-fsanitize=address,undefined" "$python" setup.py -q build_ext --inplace
# The sanitiser has to be there before Python is; what Python itself never frees is not looked for.
libraries="$(${CC:-gcc} -print-file-name=libasan.so) $(${CC:-gcc} -print-file-name=libubsan.so)"
export LD_PRELOAD="$libraries" ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
export PYTHONPATH="$place" PYTHONMALLOC=malloc NETMAP_KERNELS=compiled
"$python" -c 'import netmap.kernels as k; assert k.kernels() == "compiled", "the kernels were not built"'
exec "$python" -m pytest -q -p no:cacheprovider tests/kernels "$@"
