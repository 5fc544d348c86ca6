.DEFAULT_GOAL := help
.PHONY: help build install release-snapshot demo rule test check golden conformance judge mutate exhaustive fuzz bench bench-compare clean

FUZZ := ./internal/aivss:FuzzParseVector ./internal/aivss:FuzzScore ./internal/answer:FuzzPut ./internal/assess:FuzzAssess ./internal/assessment:FuzzParse \
        ./internal/author:FuzzDiagnose ./internal/bundle:FuzzOpen ./internal/config:FuzzParse ./internal/described:FuzzComplete ./internal/document:FuzzCanonical ./internal/document:FuzzJSON ./internal/document:FuzzParts ./internal/document:FuzzRead \
        ./internal/document:FuzzReadForeign ./internal/document:FuzzReadTOML ./internal/importer/a2a:FuzzRead ./internal/importer/adk:FuzzRead ./internal/importer/bom:FuzzRead \
        ./internal/importer/claude:FuzzRead ./internal/importer/codex:FuzzRead ./internal/importer/copilot:FuzzRead ./internal/importer/crewai:FuzzRead \
        ./internal/importer/dockeragent:FuzzRead ./internal/importer/gemini:FuzzRead ./internal/importer/kagent:FuzzRead ./internal/importer/m365:FuzzRead \
        ./internal/importer/mcp:FuzzRead ./internal/importer/oasf:FuzzRead ./internal/importer/opencode:FuzzRead ./internal/profile:FuzzLoad ./internal/rego/compiled:FuzzPolicies ./internal/rego/value:FuzzDecode ./internal/report/html:FuzzHTML \
        ./internal/verdict:FuzzRead ./internal/waiver:FuzzEdit ./cmd/audition:FuzzReport
FUZZTIME ?= 60s
AGENTS ?= 10000
ROUNDS ?= 3
PREFIX ?= /usr/local

# Run tests of a package and print what they log.
say = out=$$(go test $(1) -count=1 -v -run '$(2)') || { echo "$$out"; exit 1; }; echo "$$out" | sed -n 's/.*_test.go:[0-9]*: //p'

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

build: ## build ./audition
	@go build -trimpath -o audition ./cmd/audition

install: build ## install program, manual and completions under PREFIX, /usr/local by default
	@install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
		$(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	@install -m 755 audition $(DESTDIR)$(PREFIX)/bin/audition
	@./audition manual $(DESTDIR)$(PREFIX)/share/man/man1
	@./audition completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/audition
	@./audition completion zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_audition
	@./audition completion fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/audition.fish

release-snapshot: ## build in dist what a release has; long, and nothing is published
	@.github/release.sh --snapshot

demo: build ## judge the examples, whatever their verdicts
	@./audition check --exit-zero examples

rule: ## check one rule as CI does, in seconds: make rule RULE=L4/sandbox-undisclosed
	@out=$$(EXHAUSTIVE=1 go test ./policies -failfast -v -run '/^$(RULE)$$' -skip '^TestIndex$$') || { echo "$$out" | grep -vE '^(=== | *--- PASS)'; exit 1; }; \
	echo "$$out" | grep -q '^    --- PASS: TestMutants/$(RULE) ' || { echo 'RULE=$(RULE): no such rule in policies/maestro'; exit 1; }; \
	echo "$$out" | sed -n 's,.*_test.go:[0-9]*: ,$(RULE): ,p'

test: ## run all tests
	@go test -timeout 30m ./...

check: ## what CI runs beside the tests: format, vet for each system, staticcheck, race detector
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	@for os in linux darwin windows; do GOOS=$$os go vet ./... || exit 1; done
	@go tool staticcheck ./...
	@go mod tidy -diff
	@go test -race -short -timeout 30m ./... # short leaves out what runs in one goroutine and for long

golden: ## rewrite the golden files; review them with git diff
	@go test ./policies -run '^TestIndex$$' -update
	@go test ./internal/rego -run '^TestKept$$' -update
	@go test ./cmd/audition -run '^(TestExamples|TestAcme)$$' -update
	@go test ./internal/waiver ./internal/report/show ./internal/report/text ./internal/judge -update
	@go test ./internal/report/format ./internal/report/html -update # it prints the verdicts of the examples

conformance: ## run the AIVSS vectors and print their counts
	@$(call say,./internal/aivss,^TestConformance$$|^TestGrid$$)

judge: ## print how far scores and findings are from those of others
	@$(call say,./internal/judge,^TestJudge$$)

mutate: ## change every condition of every rule, and print how many a test noticed
	@EXHAUSTIVE=1; export EXHAUSTIVE; $(call say,./policies,^TestMutants$$)

exhaustive: ## run every mutant and all random cases, of which make test tries an eighth
	@EXHAUSTIVE=1 go test ./policies ./internal/assess ./internal/facts ./internal/rego

fuzz: ## run every fuzz target for FUZZTIME each
	@for f in $(FUZZ); do go test $${f%%:*} -run '^$$' -fuzz "^$${f##*:}$$" -fuzztime $(FUZZTIME) || exit 1; done

bench: ## run the benchmarks
	@go test -run '^$$' -bench . ./...

bench-compare: ## compare findings and costs with conftest and OPA on AGENTS for ROUNDS, with LONG=1 on ten times as many; COMPARE_BIN keeps both
	@go test ./internal/compare -run '^TestCompare$$' -count 1 -timeout 0 -v -args -agents $(AGENTS) -rounds $(ROUNDS) $(if $(LONG),-long) -page

clean: ## remove what was built
	@rm -rf audition dist stage
