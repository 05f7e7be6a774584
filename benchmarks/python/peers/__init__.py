"""End-to-end rounds of other systems, on the data that `swarm bench peers` gives to all."""
