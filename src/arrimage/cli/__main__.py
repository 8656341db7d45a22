"""`python -m arrimage.cli`, the same as `arrimage`."""

import sys

from arrimage.cli import main

if __name__ == "__main__":
    sys.exit(main())
