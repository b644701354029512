"""`python -m ltc`."""

from ltc.cli import main

if __name__ == "__main__":
    main()
