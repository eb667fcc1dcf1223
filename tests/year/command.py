"""A command that has no script in jobs/, such as `ogsm-xl sent`: what its entry point does."""

from ogsm_xl.cli import main

if __name__ == "__main__":
    main()
