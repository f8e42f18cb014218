"""`python -m bot` is `shushuo`."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
