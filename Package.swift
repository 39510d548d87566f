// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let collections = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A library target and its tests, built with the strict settings.
///
/// `golden` names folders of expected results beside the tests, which are read by path and not built.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], testing: [Target.Dependency] = [], golden: [String] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: strict),
    .testTarget(
      name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies + testing,
      exclude: golden, swiftSettings: strict),
  ]
}

// Each line names only modules above it. Three edges must never exist: Features → Labels,
// Margining → Learning, and any edge to CLAPACK but LinearAlgebra's.
let modules: [[Target]] = [
  module("Checkpoints", testing: ["Sampling"]),
  module("Markets", ["Checkpoints"], testing: ["Sampling"]),
  module("Sampling"),
  module("Parallelism"),
  module("Digests"),
  module("MarketData", ["Checkpoints", "Markets", "Sampling", "Parallelism", "Digests", "CZlib"]),
  module("VenueFeeds", ["Checkpoints", "Markets", "MarketData"], testing: ["Sampling", "TestRecordings"]),
  module("LinearAlgebra", ["CLAPACK"], testing: ["Sampling"]),
  module("Features", ["Checkpoints", "Markets", "LinearAlgebra"], testing: ["Sampling"]),
  module("Labels", ["Checkpoints", "Markets", collections], testing: ["Sampling"]),
  module("Datasets", ["Markets", "Features", "Labels"], testing: ["Sampling"]),
  module("Learning", ["Checkpoints"], testing: ["Sampling"]),
  module("LinearModels", ["LinearAlgebra", "Learning", "Parallelism"], testing: ["Sampling"]),
  module("Boosting", ["CPrefetch", "Learning", "Parallelism", "Sampling"], golden: ["Reference"]),
  module("Validation", ["Checkpoints", "Markets", "Sampling", "Parallelism"]),
  module("Ledger", ["Markets", grdb], testing: ["Sampling"]),
  module("Telemetry", [histogram, logging]),
  module("Margining", ["Checkpoints", "Markets"], testing: ["Sampling"]),
  module("Backtesting", ["Markets", "Learning", "Parallelism", "Validation", "Margining"], testing: ["Sampling"]),
  module(
    "ModelStore",
    ["Markets", "MarketData", "Digests", "Features", "Labels", "Learning", "LinearModels", "Boosting", "Validation"],
    golden: ["Golden"]),
  module(
    "Configuration",
    ["Markets", "Features", "Labels", "Learning", "LinearModels", "Boosting", "Margining", yams],
    testing: ["Sampling"]),
  module(
    "Reporting",
    [
      "Markets", "MarketData", "Features", "Labels", "Learning", "LinearModels", "Boosting", "Validation", "ModelStore",
      "Configuration", "Backtesting",
    ],
    testing: ["Sampling"], golden: ["Golden"]),
  module(
    "Workflows",
    [
      "Checkpoints", "Markets", "Sampling", "MarketData", "VenueFeeds", "Parallelism", "Digests", "LinearAlgebra",
      "Features", "Labels", "Datasets", "Learning", "LinearModels", "Boosting", "Validation", "Margining",
      "Backtesting", "ModelStore", "Configuration", "Reporting", "Ledger", "Telemetry",
    ], testing: ["TestRecordings"]),
]

let package = Package(
  name: "shortfall",
  products: [.executable(name: "shortfall", targets: ["shortfall"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    .systemLibrary(name: "CLAPACK", providers: [.apt(["liblapack-dev"])]),
    .systemLibrary(name: "CPrefetch"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .executableTarget(
      name: "shortfall",
      dependencies: [
        "Markets", "MarketData", "VenueFeeds", "Features", "Labels", "Validation", "Margining", "Backtesting",
        "ModelStore", "Configuration", "Reporting", "Ledger", "Telemetry", "Workflows", argumentParser, logging,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "shortfall-benchmark",
      dependencies: [
        "Checkpoints", "Markets", "Sampling", "MarketData", "Features", "Labels", "Datasets", "Learning",
        "LinearModels", "Boosting", "Validation", "Margining", "ModelStore", "Configuration", "Workflows",
        argumentParser,
      ],
      path: "Benchmarks/ShortfallBenchmark", swiftSettings: strict),
    .target(
      name: "TestRecordings", dependencies: ["MarketData", "Markets"], path: "Tests/Support", swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "shortfall", "TestRecordings", "Ledger", "MarketData", "Markets", "ModelStore", "Sampling", "Validation",
        "Workflows",
      ],
      swiftSettings: strict),
  ] + modules.flatMap { $0 }
)
