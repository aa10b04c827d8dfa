-- Which group has an actor in which event.
SELECT DISTINCT m.name, p.event FROM participations p JOIN members m ON m.node = p.actor
