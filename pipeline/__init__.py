"""Files in, tables out: reading, the batch run, writing, comparing, the command line."""
