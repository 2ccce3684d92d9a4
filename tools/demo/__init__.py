"""Makes the demonstration event's people, roster and recording (tools/make_demo.py runs it)."""
