#!/bin/sh
# Brings Temporal's two databases to the schema of this image's version; the server's image must be of the same version.
# Does nothing where they are already there. The connection comes from SQL_HOST, SQL_USER, … of temporal-sql-tool.
set -eu

for schema in temporal visibility; do
	SQL_DATABASE=temporal
	if [ "$schema" = visibility ]; then SQL_DATABASE=temporal_visibility; fi
	export SQL_DATABASE
	temporal-sql-tool setup-schema --version 0.0
	temporal-sql-tool update-schema --schema-name "postgresql/v12/$schema"
done
