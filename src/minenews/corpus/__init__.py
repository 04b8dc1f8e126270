"""Many releases: run over folders, compare with goldens."""
