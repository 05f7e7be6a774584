"""The interface of HPE Swarm Learning's client, for programs that were written for it.

`swarmlearning.pyt.SwarmCallback`, and those of `.tf` and `.hf_transformers`, have that client's parameters, defaults,
hooks, messages and schedule. They use `swarmstream`. Write new programs with `swarmstream` itself.
"""
