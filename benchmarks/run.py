"""Every figure of the project, measured side by side with its peer in one run and printed as a ratio.

    make bench

A figure is the best of several rounds: what the code costs when the machine does nothing else. Ratios travel between machines,
microseconds do not.
"""

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


def main() -> None:
    rows = []
    for path in sorted(HERE.glob("bench_*.py")):
        rows += importlib.import_module(path.stem).figures()
    width = max(len(row[0]) for row in rows)
    for name, measured, bound, met in rows:
        print(f"{'ok ' if met else 'MISS'} {name:<{width}}  {measured:<44} wanted {bound}")
    if "--json" in sys.argv:
        print(
            json.dumps(
                [
                    {"name": name, "measured": measured, "wanted": bound, "met": met}
                    for name, measured, bound, met in rows
                ]
            )
        )


if __name__ == "__main__":
    main()
