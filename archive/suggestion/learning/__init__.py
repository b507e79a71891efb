"""Learning which topics a story has from how others were filed. Nothing here needs the database but `archived.py`.

    stories ── terms ──► weights ──► margins ─┐
       │                                      ├─ evidence ──► judge ──► confidence, with the reasons
       └────── names of the topics ───────────┘

`training.py` makes a `TopicModel`, `model.py` asks it. Both import scientific libraries that take a second to load: the
modules of this package are imported where they are used, never at start-up.
"""
