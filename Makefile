# Two commands are enough: `make demo` and `make test`. Both set up and build whatever is missing.

SWIFT_FLAGS := -c release --explicit-target-dependency-import-check error
# NATIVE=1 builds for this machine's processor: faster kernels, equal results up to rounding.
ifeq ($(NATIVE),1)
SWIFT_FLAGS += -Xswiftc -target-cpu -Xswiftc native
endif

# Folders or files of recorded books; without them the demo simulates a market.
DATA ?=
SHORTFALL := .build/release/shortfall

.PHONY: demo test setup build lint benchmark benchmark-boosting benchmark-stream clean help

demo: build
	@scripts/demo "$(SHORTFALL)" $(DATA)

test: setup lint
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(SWIFT_FLAGS) --skip-build

setup:
	@scripts/setup

build: setup
	swift build $(SWIFT_FLAGS) --product shortfall

lint: setup
	@scripts/lint

benchmark: setup
	swift build $(SWIFT_FLAGS) --product shortfall-benchmark
	@.build/release/shortfall-benchmark

# PEERS keeps the peers' Python environment in a folder for the next time; OPTIONS go to `shortfall-benchmark boosting`.
benchmark-boosting: setup
	swift build $(SWIFT_FLAGS) --product shortfall-benchmark
	@PEERS="$(PEERS)" Benchmarks/Peers/with-peers .build/release/shortfall-benchmark boosting $(OPTIONS)

# The same for `shortfall-benchmark stream`; OPTIONS='--endurance 1000000 10000000' follows the memory of long streams.
benchmark-stream: build
	swift build $(SWIFT_FLAGS) --product shortfall-benchmark
	@PEERS="$(PEERS)" Benchmarks/Peers/with-peers .build/release/shortfall-benchmark stream $(OPTIONS)

clean:
	rm -rf .build demo-output

help:
	@echo "make demo [DATA=PATH]   sets up, builds, and runs the whole path on recorded books or on a simulated market"
	@echo "make test               sets up, builds, lints, and runs every test"
	@echo "make benchmark          prints speed and memory beside naive twins"
	@echo "make benchmark-boosting compares gradient boosting with LightGBM, XGBoost and lleaves (Python, about 12 minutes)"
	@echo "                        PEERS=FOLDER keeps the peers for the next time; OPTIONS='--turns 5 --sections training'"
	@echo "make benchmark-stream   times lines to answers, beside pipelines in Python and a bare echo (about 10 minutes)"
	@echo "make lint               checks the layout of the source and the rules between modules"
	@echo "make clean              removes what was built and what the demo wrote"
	@echo "NATIVE=1                builds for this machine's processor"
