"""What the tables, records, codes and provinces are. Imports nothing of ours."""
