"""What messages are made of: texts with their entities, keyboards, and media."""
