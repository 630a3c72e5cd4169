"""The frozen program with a console: every command, and the window where none is given."""

from tsguard.__main__ import main

if __name__ == "__main__":
    main()
