"""MuséoSciences: museum inventories into one knowledge graph, and arts–sciences links explained."""

__version__ = "0.1.0"
