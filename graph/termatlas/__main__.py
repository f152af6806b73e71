"""``python -m termatlas``."""

from termatlas.cli import main

main()
