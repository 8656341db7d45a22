"""When points of service receive: hours, closures, templates, rooms; what that makes of each week."""
