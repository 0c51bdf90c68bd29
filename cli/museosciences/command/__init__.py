"""The commands of ``museo``, by what they are for. They parse, call, print and exit."""
