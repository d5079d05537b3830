"""`python -m thirdplace`: the same as the command `thirdplace`."""

from thirdplace.face.cli.main import main

if __name__ == "__main__":
    main()
