internal import Learning

/// How a logistic regression is fitted.
public struct LogisticConfiguration: Hashable, Sendable {
  /// What is maximised.
  public enum Method: String, Codable, Sendable, CaseIterable {
    /// The likelihood less the penalty λ/2 ‖β‖².
    case ridge
    /// The same with Jeffreys' prior, ½ ln |information|, which removes the bias of rare events and keeps separated
    /// outcomes finite.
    ///
    /// Source: D. Firth, doi:10.1093/biomet/80.1.27; G. Heinze and M. Schemper, doi:10.1002/sim.1047.
    case firth
  }

  /// λ, zero or more, on the sum (not the mean) of the log loss; the intercept is free of it.
  public let penalty: Double
  /// What is maximised.
  public let method: Method
  /// The Newton decrement gᵀ H⁻¹ g / 2, in nats, at which a fit has converged.
  public let tolerance: Double
  /// The number of Newton steps after which a fit fails.
  public let maximumIterations: Int

  /// A penalty of 1.
  public static let standard = LogisticConfiguration(
    unchecked: 1, method: .ridge, tolerance: defaultTolerance, maximumIterations: defaultMaximumIterations)

  /// The tolerance unless another is set: coefficients are then exact to about 1e-9 of their standard errors.
  public static let defaultTolerance = 1e-18
  /// The limit on the steps unless another is set; a well-posed fit takes 5 to 10 and Firth's up to 50.
  public static let defaultMaximumIterations = 100

  /// Creates a configuration.
  ///
  /// - Throws: A fault that names the setting which is not a finite number in its range.
  public init(
    penalty: Double, method: Method = .ridge, tolerance: Double = defaultTolerance,
    maximumIterations: Int = defaultMaximumIterations
  ) throws(LinearModelFault) {
    guard penalty >= 0, penalty.isFinite else {
      throw LinearModelFault(setting: "penalty", reason: "\(penalty) is not a finite number of zero or more")
    }
    guard tolerance > 0, tolerance < 1 else {
      throw LinearModelFault(setting: "tolerance", reason: "\(tolerance) is not between 0 and 1")
    }
    guard maximumIterations > 0 else {
      throw LinearModelFault(setting: "maximumIterations", reason: "\(maximumIterations) is not above zero")
    }
    self.init(unchecked: penalty, method: method, tolerance: tolerance, maximumIterations: maximumIterations)
  }

  private init(unchecked penalty: Double, method: Method, tolerance: Double, maximumIterations: Int) {
    self.penalty = penalty
    self.method = method
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// The same with another penalty, which must be finite and not negative.
  func with(penalty: Double) -> LogisticConfiguration {
    LogisticConfiguration(
      unchecked: penalty, method: method, tolerance: tolerance, maximumIterations: maximumIterations)
  }
}

extension LogisticConfiguration: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case penalty, method, tolerance, maximumIterations }

  /// Reads a configuration and checks it; unknown keys are errors.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.closedContainer(keyedBy: CodingKeys.self)
    do {
      try self.init(
        penalty: try values.decode(Double.self, forKey: .penalty),
        method: try values.decode(Method.self, forKey: .method),
        tolerance: try values.decode(Double.self, forKey: .tolerance),
        maximumIterations: try values.decode(Int.self, forKey: .maximumIterations))
    } catch let fault as LinearModelFault {
      throw decoder.corrupted(fault.description)
    }
  }
}
