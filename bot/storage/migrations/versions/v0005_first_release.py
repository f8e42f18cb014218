"""Where the databases of version 1.0.0 begin; a new one is made of the tables as they are now, without migrations."""

revision = "0005_since_0004"
down_revision = None
