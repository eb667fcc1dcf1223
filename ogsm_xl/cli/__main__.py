"""The command line as `python -m ogsm_xl.cli`: what schedulers call, as it needs no script on the path."""

from ogsm_xl.cli import main

if __name__ == "__main__":
    main()
