"""`python -m app` is `ortoo`."""

import sys

from app.cli import main

sys.exit(main())
