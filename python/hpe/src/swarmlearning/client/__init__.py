"""What the callbacks of all frameworks have in common."""
