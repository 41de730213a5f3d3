#!/bin/sh
# The databases of the stack and who owns them. Run once by the postgres image, on an empty volume. Temporal and the
# product each have a role of their own, so that neither can read the other's tables.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
	--set temporal_password="$TEMPORAL_DB_PASSWORD" --set app_password="$APP_DB_PASSWORD" <<'SQL'
create role temporal login password :'temporal_password';
create role app login password :'app_password';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
create database app owner app;
revoke connect on database temporal, temporal_visibility, app from public;
SQL
