"""The common part of all frameworks' callbacks."""
