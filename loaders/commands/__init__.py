"""The commands of `loaders.cli`, a module each, imported when the command runs."""
