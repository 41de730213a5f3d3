#!/bin/sh
# Makes the namespace and registers the search attributes that operations find workflows by. Must have run before a worker
# polls, since an unregistered attribute stops every workflow. May run any number of times.
set -eu

# The command line looks for its settings there and fails without.
export HOME="${HOME:-/tmp}"

# Tries again; gives up after two minutes and names the attempt that failed.
tries=60
again() {
	tries=$((tries - 1))
	if [ "$tries" -le 0 ]; then
		echo "$1" >&2
		exit 1
	fi
	sleep 2
}

until said=$(temporal operator cluster health 2>&1); do again "$said"; done

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
	temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$NAMESPACE_RETENTION"
fi

# A server learns of a new namespace only when it next looks.
register() {
	until said=$(temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$1" --type "$2" 2>&1); do
		again "$said"
	done
	echo "$1: $said"
}
register OnboardingStep Keyword
register OnboardingDeadline Datetime
register OnboardingAttention Keyword
