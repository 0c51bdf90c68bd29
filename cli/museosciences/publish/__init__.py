"""Exchange formats and dumps: what machines of other houses read.

Every format is made from the build alone (``Collection``: graph and register) and yields records
or bytes one by one, so that memory stays flat and a server can begin to answer at once.
"""
