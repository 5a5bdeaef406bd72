"""`python -m loaders` is `gongkai`."""


def main() -> None:
    """Run the command line."""
    from loaders.garbage import look_rarely

    look_rarely()
    from loaders import cli  # worker processes load this module again, and need no command line

    cli.main()


if __name__ == "__main__":
    main()
