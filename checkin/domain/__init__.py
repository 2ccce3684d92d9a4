"""Values and rules of a registration desk. No Qt, no SQLAlchemy, no camera, no clock of its own."""
