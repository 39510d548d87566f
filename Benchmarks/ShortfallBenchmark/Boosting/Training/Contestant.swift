internal import Foundation

/// A program with its settings.
struct Contestant: Hashable, Sendable {
  enum Program: Hashable, Sendable {
    /// Ours; monotone in the columns whose direction is known when asked.
    case product(isMonotone: Bool)
    /// A peer under the name that the script knows, with settings of its own beyond the recipe.
    case peer(String, settings: [String])
  }

  let name: String
  let program: Program

  var isProduct: Bool {
    if case .product = program { true } else { false }
  }

  /// The name of the file that its trees are stored in; the peers know their formats by the ending.
  var modelName: String {
    if case .peer("xgboost", _) = program { "\(name).ubj" } else { "\(name).txt" }
  }

  static let product = Contestant(name: "Shortfall", program: .product(isMonotone: false))
  static let monotoneProduct = Contestant(name: "Shortfall, monotone", program: .product(isMonotone: true))
  static let lightGBM = Contestant(name: "LightGBM", program: .peer("lightgbm", settings: []))
  static let leafWiseXGBoost = Contestant(
    name: "XGBoost hist, leaf by leaf",
    program: .peer("xgboost", settings: ["grow_policy=lossguide", "max_depth=0"]))

  /// Every setting of the peers that might be the fastest; XGBoost's own default grows level by level, to depth 6.
  static let peers = [
    lightGBM,
    Contestant(name: "LightGBM, row-wise", program: .peer("lightgbm", settings: ["force_row_wise=true"])),
    Contestant(name: "LightGBM, column-wise", program: .peer("lightgbm", settings: ["force_col_wise=true"])),
    leafWiseXGBoost,
    Contestant(
      name: "XGBoost hist, depth 6", program: .peer("xgboost", settings: ["max_depth=6", "max_leaves=0"])),
  ]
}

/// What a run took beyond holding the data.
struct RunResult: Codable, Sendable {
  /// Seconds by the clock.
  let elapsed: Double
  /// Seconds of all cores together.
  let processor: Double
  /// The peak of the resident memory less what was resident when the data were loaded.
  let peakMegabytes: Double
}

/// The other programs, in an environment of their own.
struct Peers: Sendable {
  /// The Python that has them installed.
  let python: String

  private static let script = packageFolder.appendingPathComponent("Benchmarks/Peers/peers.py").path

  func run<Result: Decodable>(_ arguments: [String], as result: Result.Type) throws -> Result {
    try JSONDecoder().decode(result, from: try outputOfProcess(python, [Self.script] + arguments))
  }
}
