"""HSDS 3.0 for programs, read only and public: the addresses of the standard's OpenAPI document, under `/hsds/v3/`."""
