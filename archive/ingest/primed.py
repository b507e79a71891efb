"""Primed: imported by the process that the crew is forked from, so that what a text loads when it is read is there.

The language model alone takes 80 MiB. The garbage collector is told to leave all this alone, since its marks would
make each process of the crew copy it.
"""

import gc

from archive.ingest.reading import read

read("“We will go when the hardware is ready,” said Ines Halvorsen, the director of the programme. " * 5)
gc.freeze()
