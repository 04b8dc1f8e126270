"""Tables: rebuilt as grids, read by their heads and labels."""
