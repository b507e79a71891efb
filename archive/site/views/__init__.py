"""The readers' pages, one file for each word of the archive: get the rows, call one function, render."""
