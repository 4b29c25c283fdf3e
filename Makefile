# The front door. Each target is one line of what it does; the work is in cargo, demo/ and bench/.

ROCKHOP ?= target/release/rockhop

.DEFAULT_GOAL := help
.PHONY: help build demo test bench bench-assess bench-solver lint docs lab-up lab-down

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the one binary
	scripts/prerequisites.sh build
	cargo build --release -p rockhop-cli

demo: build ## take a small fleet from EL7 to EL9 on this machine, and show the report (without root: simulated)
	demo/demo.sh $(ROCKHOP)

test: ## pass every test, those on real hosts included (these need root; without it they are left out, loudly)
	scripts/prerequisites.sh
	cargo test --workspace
	@if [ "$$(id -u)" = 0 ]; then \
	cargo test -p rockhop-lab --test fleet -- --ignored --test-threads 1 && \
	cargo test -p rockhop-cli --test line -- --ignored --test-threads 1; \
	else echo "NOT RUN, for they need root: the tests on the lab's real hosts (fleet, line)"; fi

bench: build ## measure a survey of the lab's 15 hosts beside ssh, ansible and pyinfra (needs root)
	$(ROCKHOP) -C bench-project lab up
	bench/survey.sh $(ROCKHOP) bench-project

bench-assess: build ## measure an assessment of 10,000 stored surveys (3 GB of temporary files)
	cargo build --release -p rockhop-cli --example stored_fleet
	bench/assess.sh $(ROCKHOP) target/release/examples/stored_fleet

bench-solver: ## measure whether packages install, beside dnf on the same metadata
	scripts/prerequisites.sh
	bench/solver.sh

lint: ## format, clippy, licences and advisories
	cargo fmt --all -- --check
	cargo clippy --workspace --all-targets -- -D warnings
	@if command -v cargo-deny >/dev/null; then cargo deny check; \
	else echo "cargo-deny is not installed: licences and advisories were NOT checked"; fi

docs: build ## the library's documentation and the manual pages
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items
	$(ROCKHOP) man target/man

lab-up: build ## start the lab's fleet on this machine (needs root)
	$(ROCKHOP) lab up

lab-down: ## stop the lab's fleet
	$(ROCKHOP) lab down
