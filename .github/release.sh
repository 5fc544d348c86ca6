#!/usr/bin/env bash
# Builds into dist what a release has, and publishes it; with --snapshot only builds.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
for tool in github.com/goreleaser/goreleaser/v2@v2.15.1 github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0; do
	CGO_ENABLED=0 GOBIN=$tools go install "$tool"
done
export PATH=$tools:$PATH
goreleaser check
goreleaser release --clean "$@"
(cd dist && sha256sum -c --quiet checksums.txt)
