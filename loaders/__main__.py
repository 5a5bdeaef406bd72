"""`python -m loaders` is `gongkai`."""

import sys


def main() -> None:
    """Run the command line."""
    from loaders.garbage import look_rarely, pass_over_what_is_loaded

    look_rarely()
    if sys.argv[1:2] == ["check"]:
        from loaders.draft_readers import begin_early

        begin_early(sys.argv[2:])
    from loaders import cli  # worker processes load this module again, and need no command line

    try:
        cli.main()
    finally:
        pass_over_what_is_loaded()  # Python would look through all of it once more before it ends


if __name__ == "__main__":
    main()
