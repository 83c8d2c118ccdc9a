"""The compiled kernels. What else the package is stands in pyproject.toml."""

import sysconfig
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

# One wheel serves every Python from 3.11 on; a Python without the global lock has no such interface yet.
LIMITED = not sysconfig.get_config_var("Py_GIL_DISABLED")
KERNELS = Path("netmap", "kernels")


class BuildKernels(build_ext):
    """Builds with flags the compiler at hand understands. Sums keep their order, so results do not hang on flags or threads."""

    def build_extensions(self) -> None:
        """Set the flags, then build."""
        if self.compiler.compiler_type == "msvc":
            flags = ["/O2", "/std:c11", "/fp:precise"]
        else:
            flags = ["-std=gnu11", "-O3", "-g0", "-ffp-contract=off", "-fvisibility=hidden", "-Wall", "-Wextra", "-Wno-psabi"]
        for extension in self.extensions:
            extension.extra_compile_args = [*flags, *extension.extra_compile_args]
            if self.compiler.compiler_type != "msvc":
                extension.libraries.append("m")
        super().build_extensions()


setup(
    cmdclass={"build_ext": BuildKernels},
    ext_modules=[
        Extension(
            "netmap.kernels._fast",
            sources=sorted(path.as_posix() for path in KERNELS.glob("_fast*.c")),
            depends=sorted(path.as_posix() for path in KERNELS.glob("_fast*.h")),
            define_macros=[("Py_LIMITED_API", "0x030B0000")] if LIMITED else [],
            py_limited_api=LIMITED,
            # Without a compiler netmap is installed all the same and runs the NumPy twins.
            optional=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if LIMITED else {},
)
