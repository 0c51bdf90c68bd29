"""The web: pages for people, linked data for machines, harvesting for aggregators."""

from museosciences.serve.app import create_app

__all__ = ["create_app"]
