"""The web: pages for people, linked data for machines, harvesting for aggregators."""
