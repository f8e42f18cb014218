"""The queries of announcements: drafts, deliveries, schedules and the broadcaster's lease."""
