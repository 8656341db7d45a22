"""Tables of employers and of their accompaniments."""

from arrimage.employers.imports.accompaniments import AccompanimentImporter
from arrimage.employers.imports.employers import EmployerImporter

__all__ = ["AccompanimentImporter", "EmployerImporter"]
