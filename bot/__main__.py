"""``python -m bot`` is the command ``coproductiewijzer``."""

import sys

from bot.cli import main

sys.exit(main())
