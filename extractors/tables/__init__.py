"""Tables (bảng biểu): `tables` finds them, `heads` reads their columns, the others make rows of their cells."""
