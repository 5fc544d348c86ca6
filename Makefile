.DEFAULT_GOAL := help
.PHONY: help build demo test check golden conformance fuzz bench clean

FUZZ := ./internal/aivss:FuzzParseVector ./internal/aivss:FuzzScore ./internal/document:FuzzRead \
        ./internal/profile:FuzzLoad ./internal/assess:FuzzAssess
FUZZTIME ?= 60s

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

build: ## build ./audition
	@go build -trimpath -o audition ./cmd/audition

demo: build ## judge the examples, whatever their verdicts
	@./audition check --exit-zero examples

test: ## run all tests
	@go test ./...

check: ## what CI runs beside the tests: format, vet, staticcheck, race detector
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	@go vet ./...
	@go tool staticcheck ./...
	@go mod tidy -diff
	@go test -race ./...

golden: ## rewrite the golden files; review them with git diff
	@go test ./policies ./internal/report ./cmd/audition -update

conformance: ## run the AIVSS vectors and print their counts
	@out=$$(go test ./internal/aivss -count=1 -v -run '^TestConformance$$|^TestGrid$$') || { echo "$$out"; exit 1; }; \
	  echo "$$out" | sed -n 's/.*_test.go:[0-9]*: //p'

fuzz: ## run every fuzz target for FUZZTIME each
	@for f in $(FUZZ); do go test $${f%%:*} -run '^$$' -fuzz "^$${f##*:}$$" -fuzztime $(FUZZTIME) || exit 1; done

bench: ## run the benchmarks
	@go test -run '^$$' -bench . ./...

clean: ## remove what was built
	@rm -f audition
