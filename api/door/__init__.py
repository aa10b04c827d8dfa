"""The layers between the wire and the front: who asks, how much and how fast, and what is told of it."""
