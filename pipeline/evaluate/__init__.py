"""`kehoach evaluate` and `kehoach rules`: how good the tables are, measured with gold.

`texts` compares words and values, `gold` reads gold files, `match` pairs rows, `judge` does so for a whole run;
`scores`, `trust` and `changes` draw figures from that; `report` puts them together and `screen` shows them.
"""
