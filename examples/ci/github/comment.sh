#!/usr/bin/env bash
# Writes the report into our comment on the pull request, or makes one.
set -euo pipefail

comments=repos/$GITHUB_REPOSITORY/issues
update() {
	local ids
	ids=$(gh api --paginate "$comments/$PULL_REQUEST/comments" --jq \
		'.[] | select(.user.type == "Bot" and (.body | test("^<!-- audition[: ]"))) | .id') || return
	if [[ -n $ids ]]; then
		gh api --silent --method PATCH "$comments/comments/${ids%%$'\n'*}" -F "body=@$REPORT"
	else
		gh api --silent "$comments/$PULL_REQUEST/comments" -F "body=@$REPORT"
	fi
}
update || echo "::warning title=audition::There is no comment: it needs pull-requests: write, which a fork never has."
