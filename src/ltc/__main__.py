"""The command `ltc`, also as `python -m ltc`."""

import gc
import sys

from ltc.errors import LtcError, MissingExtra


def main() -> None:
    """Run a command; what the library refuses is one line on the error stream and exit code 2."""
    gc.set_threshold(100_000)  # a command makes few cycles: to look for them took a tenth of its time
    try:
        _run()
    except LtcError as error:
        sys.stderr.write(f"ltc: {error}\n")
        raise SystemExit(2) from None


def _run() -> None:
    try:
        from ltc.cli import app  # noqa: PLC0415  # who installed no extra is told which, not shown where an import failed

        app(prog_name="ltc")
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        told = f"the package {package} is not installed; install ltc[cli]"
        raise MissingExtra("extra.missing", told, package=package, extra="cli") from None


if __name__ == "__main__":
    main()
