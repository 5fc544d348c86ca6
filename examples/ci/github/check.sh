#!/usr/bin/env bash
# Judges in a job of GitHub Actions: annotations in the log, a report in the summary,
# outputs, and the exit code of audition. Its files are in a directory of their own,
# for a pull request decides what is in the workspace.
set -euo pipefail
trap 'exit 3' ERR # what breaks here is no verdict

cd "$GITHUB_WORKSPACE"
out=$(mktemp -d "$RUNNER_TEMP/audition.XXXXXX")
if [[ $INPUT_VERSION != none ]]; then
	GOTOOLCHAIN=auto GOBIN=$out go install "github.com/audition-dev/audition/cmd/audition@$INPUT_VERSION"
	PATH=$out:$PATH
fi

args=(-o github -o "sarif=$out/audition.sarif" -o "markdown=$out/audition.md" --fail-on "$INPUT_FAIL_ON")
[[ -z $INPUT_CONFIG ]] || args+=(--config "$INPUT_CONFIG")
[[ -z $INPUT_BASE ]] || args+=(--base "$INPUT_BASE")
args+=(--)
while IFS= read -r path; do
	[[ -z $path ]] || args+=("$path")
done <<<"$INPUT_PATHS"

code=0
audition check "${args[@]}" >"$out/log" 2>"$out/stderr" || code=$?
tr '\r' ' ' <"$out/stderr" >"$out/told"

decision=undecided report=$out/undecided.md sarif= level=error
case $code in 0 | 1 | 4)
	for word in approve review reject; do
		if grep -q "^::group::$word " "$out/log"; then
			decision=$word report=$out/audition.md sarif=$out/audition.sarif level=notice
		fi
	done
	;;
esac

# A line that begins with a command is that command and no other, whatever it quotes.
cat "$out/log"
sed -E -e 's/%/%25/g' -e "s/^([^:,%]+):([0-9]+):([0-9]+): /::$level file=\1,line=\2,col=\3,title=audition::/" \
	-e t -e "s/^/::$level title=audition::/" "$out/told"

if [[ $decision == undecided ]]; then
	printf '<!-- audition -->\n## UNDECIDED: exit code %d\n\n' "$code" >"$report"
	head -c 4000 "$out/told" | sed 's/^/    /' >>"$report"
	[[ ! -e $out/audition.md ]] || { echo && cat "$out/audition.md"; } >>"$report"
fi
cat "$report" >>"$GITHUB_STEP_SUMMARY"
printf '%s\n' "decision=$decision" "exit-code=$code" "sarif=$sarif" "report=$report" >>"$GITHUB_OUTPUT"
exit "$code"
