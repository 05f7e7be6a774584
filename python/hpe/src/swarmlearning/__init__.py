"""The names of HPE Swarm Learning's client, for programs that were written for it.

`from swarmlearning.pyt import SwarmCallback` (or `.tf`, `.hf_transformers`) has that client's parameters, defaults, hooks,
messages and schedule; behind it is `swarmstream`. New programs are better off with `swarmstream` itself.
"""
