"""What a person can do: sessions and use cases. Still no Qt, no terminal."""
