"""The sample archive: from the files in `sample/`, down the road that any story takes."""

from archive.ingest.sample.loading import Loaded, SampleError, load_sample

__all__ = ["Loaded", "SampleError", "load_sample"]
