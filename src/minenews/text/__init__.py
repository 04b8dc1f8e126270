"""The text as it stands: its source, layout, regions of tables, datelines."""
