"""Cell text -> values: pure functions, no files read or written, except knowledge.

One noun per module: ``text`` mends, ``lists`` splits, and ``dates``, ``dimensions``,
``persons``, ``subjects``, ``materials``, ``taxa``, ``places``, ``coordinates`` parse. They
share three rules. None raises on any text. What is not understood stays as text and gets no
value: nothing is guessed. ``text`` and ``term`` are cut out of the cell verbatim, because a
link must cite words that are found in the museum's file.
"""
