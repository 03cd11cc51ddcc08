"""`kehoach report`: the tables of a run as web pages, where every value leads to the words that it was read from.

The pages need no network, no script and no server. `build` is the place to start reading.
"""
