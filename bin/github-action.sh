#!/usr/bin/env bash
# What action.yml runs: annotations on standard output, a table in the summary of the job, and the exit code.
set -uo pipefail

# from the repository of booster and not from its package: built first
if [ ! -e "$GITHUB_ACTION_PATH/dist/cli.cjs" ]; then
  npm ci --prefix "$GITHUB_ACTION_PATH" --no-audit --no-fund >&2 || exit 2
fi

booster() { node "$GITHUB_ACTION_PATH/bin/booster.cjs" "$@"; }

set -f # paths are globs for booster, not for the shell
# shellcheck disable=SC2206
files=($BOOSTER_PATHS --no-errors-on-unmatched)
set +f
if [ -n "$BOOSTER_SINCE" ]; then files+=(--since "$BOOSTER_SINCE"); fi

summary="$(mktemp)"
trap 'rm -f "$summary"' EXIT
report=(--reporter github --output-file "markdown=$summary")
if [ -n "$BOOSTER_SINCE" ]; then report+=(--new-only); fi
if [ -n "$BOOSTER_FAIL_ON" ]; then report+=(--fail-on "$BOOSTER_FAIL_ON"); fi

booster analyze "${files[@]}" "${report[@]}"
status=$?
# GitHub takes a megabyte for a step
head -c 1000000 "$summary" >>"$GITHUB_STEP_SUMMARY"

if [ "$BOOSTER_CHECK" = true ] && [ "$status" -lt 2 ]; then
  booster optimize "${files[@]}" --check --reporter concise
  check=$?
  if [ "$check" -gt "$status" ]; then status=$check; fi
fi
exit "$status"
