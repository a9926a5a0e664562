"""Shared parts of Maskflow's export scripts: graphs without weights, half precision, seeded weights, a parity clip."""
